"""Files to text: `load(path)` gives the text that a reading's spans point into, with its map back into the file.

Called by the command line, the web's upload and the samples. Pure: it opens the file it is given and nothing else.
"""

from nhiemky.sources.kinds import ENDINGS
from nhiemky.sources.load import load
from nhiemky.sources.loaded import Drawn, Loaded, Progress, SourceError, Stage, Stopped

__all__ = ["ENDINGS", "Drawn", "Loaded", "Progress", "SourceError", "Stage", "Stopped", "load"]
