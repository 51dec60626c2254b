"""SQLModel tables and the queries on them."""
