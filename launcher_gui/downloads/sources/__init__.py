"""Where files come from: the sites, their addresses and look-ups, their tokens, and why they refuse."""
