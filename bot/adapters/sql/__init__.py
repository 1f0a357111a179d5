"""The claims and desk databases: SQLite on one machine, PostgreSQL past it."""
