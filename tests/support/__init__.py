"""Real servers, well behaved and not, for the tests of every room."""
