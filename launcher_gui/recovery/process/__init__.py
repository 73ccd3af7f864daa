"""This process in a store: its lease and the settings that it shares with others."""
