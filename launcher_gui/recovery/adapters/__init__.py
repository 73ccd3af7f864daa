"""What ties the library to others. Each module needs the optional extra of its own name and is imported by nobody here.

``pip install "comfyui-launcher-recovery-monitor[structlog]"``, and so for the others, installs what one needs.
"""
