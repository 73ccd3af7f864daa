"""How one supervised call runs: attempts, guards, journal, with or without an event loop."""
