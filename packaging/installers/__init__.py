"""From the checkout to installers: the frozen program, files for desktops and shells, the formats."""
