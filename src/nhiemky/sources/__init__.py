"""Files to text: `load(path)` gives the text that a reading's spans point into, or says why it cannot.

Called by the command line, the web's upload and the samples. Pure: it opens the file it is given and nothing else.
"""

from nhiemky.sources.load import Loaded, SourceError, load

__all__ = ["Loaded", "SourceError", "load"]
