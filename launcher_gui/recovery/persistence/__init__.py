"""The state store: one SQLite file that every process shares."""
