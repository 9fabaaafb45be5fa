"""Fairness, model quality, and who decided what."""
