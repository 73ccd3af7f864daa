"""SQL, one file for each table."""
