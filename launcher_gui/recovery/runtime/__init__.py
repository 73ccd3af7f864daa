"""Clock, task helpers and the identity of this process."""
