"""Words and figures: the language of the process, messages, sizes and times."""
