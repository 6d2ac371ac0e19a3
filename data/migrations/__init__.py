"""The store's schema, step by step (Alembic); `data.engine` runs it."""
