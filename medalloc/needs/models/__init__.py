"""Models fitted on public clinical data, kept as plain arrays: text and vital signs to calibrated probabilities."""
