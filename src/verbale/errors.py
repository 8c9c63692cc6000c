"""Errors that say what is wrong, where, and what to do. The library raises them; only the command line prints."""


class VerbaleError(Exception):
    """Anything this package refuses; its message is one line for a person."""


class BadInput(VerbaleError):
    """An input that cannot be read as an article."""


class BadTable(VerbaleError):
    """A data file that breaks its schema: says file, line, column, what was found, what was wanted."""


class MissingModel(VerbaleError):
    """The weights are not in the package."""


class FullDisk(VerbaleError):
    """There is no room to write; what was stored before is kept."""


class BrokenRecord(VerbaleError):
    """A record whose schema or content is not what this version can read."""
