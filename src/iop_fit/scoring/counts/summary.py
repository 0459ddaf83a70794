"""The parts that every summary of counts has."""

from collections.abc import Callable, Iterable

from iop_fit.scoring.counts.groups import Grouping
from iop_fit.scoring.counts.tally import Summary, Tally

__all__ = ["summary_of"]

HIDDEN = "Hidden counts (*) are below {}, or such a number could be worked out from them."
TOO_FEW = "There are fewer than {} sheets, so no counts are shown."


def summary_of(
    sheets: int, grouping: Grouping, tallies: Callable[[], Iterable[Tally]], notes: Iterable[str]
) -> Summary:
    """Return the summary of some sheets; of fewer than the smallest group that is shown, it has no tables."""
    minimum = grouping.min_group
    if 0 < sheets < minimum:
        return Summary(TOO_FEW.format(minimum), None, by=grouping.by, min_group=minimum)
    made = tuple(tallies())
    hides = any(tally.has_hidden for tally in made)
    return Summary(
        title=f"{sheets:,} {'sheet' if sheets == 1 else 'sheets'}",
        sheets=sheets,
        tallies=made,
        notes=(*notes, *([HIDDEN.format(minimum)] if hides else [])),
        by=grouping.by,
        min_group=minimum,
    )
