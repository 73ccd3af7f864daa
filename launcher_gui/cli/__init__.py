"""The command line: the same store and the same code without a window, for terminals and scripts."""
