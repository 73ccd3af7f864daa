"""The store in one SQLite file: connections, schema, change notification, backup."""
