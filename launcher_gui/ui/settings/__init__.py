"""The settings dialog and the accounts page."""
