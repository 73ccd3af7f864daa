"""What can go wrong with a download: exceptions, failure kinds, remedies."""
