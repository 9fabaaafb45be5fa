"""Clinical notes: what clinicians would have written about a hidden state, in their own words."""

from sample_data.simulate.notes.composing import write_notes

__all__ = ["write_notes"]
