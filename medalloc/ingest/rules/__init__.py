"""Rules across rows and files, one named function each."""
