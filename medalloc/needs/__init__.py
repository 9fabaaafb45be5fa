"""What each patient needs, read from notes, vital signs and the record, with the sentences that prove it."""
