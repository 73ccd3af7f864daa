"""What kind of failure an exception is: tables by HTTP status, class and error number."""
