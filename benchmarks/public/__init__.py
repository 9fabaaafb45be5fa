"""Measures on public clinical data that nobody here wrote."""
