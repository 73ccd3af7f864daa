"""Helpers for the tests of every package; README.md says which is for what."""
