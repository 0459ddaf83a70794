"""Tables of counts of sheets, as every renderer takes them."""

from enum import Enum, auto
from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["TOTAL", "WITHHELD", "Label", "Shown", "Summary", "Tally", "TallyRow", "outcomes_of"]


class Label(NamedTuple):
    """What a row or a column counts."""

    id: str | None
    """For programs; None for the sheets without a value, and for several groups together."""
    text: str
    """For people; it may hold control characters of a table."""
    short: str = ""
    """A few words for narrow columns; may be empty."""
    note: str = ""
    """A sentence that explains it; may be empty."""

    @property
    def brief(self) -> str:
        """The short text, or the only one."""
        return self.short or self.text


WITHHELD = Label("withheld", "Withheld: an alert comes first", "Withheld")
TOTAL = Label("total", "Total")


def outcomes_of(questionnaire: Questionnaire) -> tuple[Label, ...]:
    """Return what a sheet can come to: the directions, from least to most support, and that none is given."""
    return (*(Label(each.id, each.title, each.short) for each in questionnaire.directions), WITHHELD)


class Shown(Enum):
    """When a table is on a screen; it is always in data."""

    ALWAYS = auto()
    IN_BRIEF = auto()
    """If not everything is asked for."""
    IN_FULL = auto()
    NEVER = auto()


class TallyRow(NamedTuple):
    """One row of counts; a count is None if it is hidden."""

    label: Label
    sheets: int | None
    """How many sheets the counts are a part of; None if that is hidden."""
    counts: tuple[int | None, ...]


class Tally(NamedTuple):
    """A table of counts."""

    id: str
    """For programs, such as `directions`."""
    title: str
    rows_are: str
    """What the rows are, in a word or two."""
    columns: tuple[Label, ...]
    rows: tuple[TallyRow, ...]
    shares: bool = True
    """Whether each count is shown with its share of the sheets of its row."""
    sizes: bool = False
    """Whether the number of sheets of each row is shown."""
    parts: int = 0
    """How many of the first columns are parts of a whole, so that a picture puts them side by side."""
    by_id: bool = False
    """Whether rows are shown with their ids, since their texts can be equal."""
    changes_from: int = 0
    """On a screen, rows with only zeros from this column on are left out, if there are many rows."""
    shown: Shown = Shown.ALWAYS

    @property
    def has_hidden(self) -> bool:
        """Whether a count is hidden."""
        return any(count is None for row in self.rows for count in (row.sheets, *row.counts))


class Summary(NamedTuple):
    """All tables about one run."""

    title: str
    sheets: int | None
    """How many sheets there are; None if there are too few to say."""
    tallies: tuple[Tally, ...] = ()
    notes: tuple[str, ...] = ()
    by: str = ""
    """The column of the groups; empty for none."""
    min_group: int = 0
    """Counts from 1 to one less than this are hidden."""
