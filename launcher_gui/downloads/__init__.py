"""Downloads: HTTP to file. Request, resume decision, transfer, verify, install."""
