"""ComfyUI Launcher Recovery Monitor: downloads that survive anything, and the recovery library under them."""

__version__ = "0.1.0"
