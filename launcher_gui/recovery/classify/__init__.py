"""Classifies exceptions: tables by HTTP status, class and error number."""
