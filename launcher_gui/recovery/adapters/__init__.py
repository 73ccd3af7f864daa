"""Adapters to other libraries. Each needs the optional extra of its own name; nothing else imports them.

``pip install "comfyui-launcher-recovery-monitor[structlog]"`` installs what the structlog adapter needs, for example.
"""
