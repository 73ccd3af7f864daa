"""The list of downloads and the details of one of them."""
