"""What is special about the program when it is frozen: what goes in, and what it does first."""
