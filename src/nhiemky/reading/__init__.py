"""Text to facts: `read()` in `read.py` tells the whole path."""
