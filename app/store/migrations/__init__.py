"""Alembic migrations, run by `app.store.engine.open_store` on the connection it hands over."""
