"""Settings: one schema, from which defaults, environment variables and stored values derive."""
