"""The set-up script's parts: the virtual environment, the system's packages, the commands. Standard library only."""
