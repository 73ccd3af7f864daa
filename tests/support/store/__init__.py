"""Made-up store contents, and programs that work on a real one."""
