"""What a hospital's own corrections and notes teach: heads fitted again, and an encoder that knows its language."""
