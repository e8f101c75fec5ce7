"""The command line: `nhiemky …`, one file a command; texts in Vietnamese, errors one line on stderr."""
