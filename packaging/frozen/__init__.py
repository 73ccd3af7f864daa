"""The frozen program: what it includes, and what it does first."""
