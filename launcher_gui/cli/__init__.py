"""The program without a window: the same store and the same code, for terminals and scripts."""
