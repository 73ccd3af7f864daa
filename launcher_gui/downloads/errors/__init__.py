"""The failures of downloads: exceptions, failure kinds, remedies."""
