"""What the pages show, and what they remember."""
