"""Reads and writes of the store, one file for each table."""
