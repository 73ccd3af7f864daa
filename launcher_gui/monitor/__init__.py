"""The monitor: change feed to projection, commands out. Window and command line both stand on it."""
