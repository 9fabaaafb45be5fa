"""Timings, and scores on public instances."""
