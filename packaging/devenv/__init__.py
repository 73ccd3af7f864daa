"""The parts of the set-up script: virtual environment, system packages, commands. Standard library only."""
