"""Invented hospitals to try medalloc on; nothing here is about real people."""
