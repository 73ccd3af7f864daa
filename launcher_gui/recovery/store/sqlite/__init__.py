"""The store as one SQLite file: connections, schema, change notification, backup."""
