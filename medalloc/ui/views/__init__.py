"""What Streamlit draws, a module a page; pages call these and hold no logic."""
