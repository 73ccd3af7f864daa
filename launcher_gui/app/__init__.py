"""The window application: the composition root and its controllers."""
