"""The monitor: turns the change feed into a projection and sends commands; used by the window and the command line."""
