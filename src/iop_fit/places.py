"""Where everything in a questionnaire stands in its files."""

from collections.abc import Iterable, Iterator

from iop_fit.errors import Place
from iop_fit.nodes import MappingNode
from iop_fit.records import Record

__all__ = ["Places"]


class Places:
    """The places of what has an id, by noun and id."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[tuple[str, str], Record] = {}
        for record in records:
            for each in _within(record):
                self._records.setdefault((each.noun, each.id), each)

    def of(self, noun: str, name: str, key: str = "") -> Place:
        """Return where it stands, or where one of its keys does; an option is called `question: option`."""
        if noun == "option":
            return self._of_option(*name.split(": "))
        record = self._records[noun, name]
        return record.place_of(key) if key else record.place

    def _of_option(self, question: str, option: str) -> Place:
        options = self._records["question", question].nodes["options"]
        assert isinstance(options, MappingNode)
        return next(key.place for key, _ in options.entries if key.text == option)


def _within(record: Record) -> Iterator[Record]:
    yield record
    for value in record.values.values():
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, Record):
                yield from _within(each)
