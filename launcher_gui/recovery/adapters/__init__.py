"""Adapters to other libraries. Each needs the extra of its own name; the rest of the library imports none.

``pip install "comfyui-launcher-recovery-monitor[structlog]"`` installs what the structlog adapter needs, for example.
"""
