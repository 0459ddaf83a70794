"""Taking what is private out of the JSON of a result."""

__all__ = ["without"]

HOLD_PRIVATE = {"private", "answers", "alerts", "open_alerts", "fired", "skipped"}
"""The keys of a result under which something private may stand."""


def without(data: dict[str, object], hidden: frozenset[str]) -> dict[str, object]:
    """Take what hangs on the hidden questions and alerts out of a result, so that comparing it tells nothing either."""
    return {key: _kept(value, hidden) if key in HOLD_PRIVATE else value for key, value in data.items()}


def _kept(value: object, hidden: frozenset[str]) -> object:
    match value:
        case dict():
            return {name: each for name, each in value.items() if name not in hidden}
        case list():
            return [each for each in value if not _names(each, hidden)]
        case _:
            return value


def _names(entry: object, hidden: frozenset[str]) -> bool:
    named = {entry} if isinstance(entry, str) else set()
    if isinstance(entry, dict):
        named = {each for each in (entry.get("id"), entry.get("raises")) if isinstance(each, str)}
    return not hidden.isdisjoint(named)
