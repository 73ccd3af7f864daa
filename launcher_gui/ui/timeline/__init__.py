"""The retry timeline."""
