"""Event log, speed graph and hosts."""
