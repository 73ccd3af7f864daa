"""ComfyUI Launcher Recovery Monitor: downloads that survive anything, and the recovery library under them."""

__version__ = "0.1.0"

APP_ID = "io.github.comfyui_launcher.RecoveryMonitor"
"""What desktops know the program by: it ties the window to its entry in the menu and to its icon."""

LINK_SCHEME = "comfyui-recovery"
"""Links of the form ``comfyui-recovery:https://...`` open the window and ask for the file behind them."""
