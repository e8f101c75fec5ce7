"""People acting in a public role: `find` looks for them, `names` reads a name, `signed` who signs a document."""

from nhiemky.reading.grammars.people.find import MARKS, WHY, find

__all__ = ["MARKS", "WHY", "find"]
