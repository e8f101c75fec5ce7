"""Words and ruled lines of pages → text in reading order with places and tables; `pdf` and `scan` bring the marks."""
