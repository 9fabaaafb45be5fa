"""Suggestions, decisions, what they fix in later plans, and plain words for all of it."""
