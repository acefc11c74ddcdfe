"""From a document to the statements it makes about tracked indicators. Pure: text in, statements out.

The reader itself is imported when it is first asked for: a configuration is checked, and a cycle that finds nothing
new is run, without its grammars.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.extract.reading import NO_INDICATOR, Leftover, Reading, read, read_bytes
    from tracker.extract.version import RULE_VERSION

__all__ = ["NO_INDICATOR", "RULE_VERSION", "Leftover", "Reading", "read", "read_bytes"]


def __getattr__(name: str) -> Any:
    if name == "RULE_VERSION":
        from tracker.extract import version

        return version.RULE_VERSION
    if name in __all__:
        from tracker.extract import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
