"""This process in a store: its lease, its recordings, and the settings it shares with others."""
