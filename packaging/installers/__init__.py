"""What turns the checkout into something to install: the frozen program, what desktops need beside it, the formats."""
