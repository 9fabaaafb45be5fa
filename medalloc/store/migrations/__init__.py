"""Alembic's scripts; `medalloc.store.migrate` runs them."""
