"""Settings: one schema from which defaults, environment variables and what the store holds derive."""
