"""How Alembic walks the steps: on the connection it is given, each step in its own transaction."""

from alembic import context
from sqlalchemy import Connection, text

from app.storage.migrations import known_tables

connection: Connection = context.config.attributes["connection"]
connection.execute(text("SET lock_timeout = '5s'"))
connection.execute(text("SET statement_timeout = '5min'"))
connection.commit()
context.configure(
    connection=connection,
    target_metadata=known_tables(),
    transaction_per_migration=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
