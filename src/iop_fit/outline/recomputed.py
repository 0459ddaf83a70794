"""Sentences that say whether recomputing a saved result gives the same, and if not, why."""

from collections import Counter
from collections.abc import Iterator

from iop_fit.domain.assessment import Uncounted
from iop_fit.limits import MAX_VERSION
from iop_fit.outline.parts.earlier import wordless
from iop_fit.storage.saved_result import SavedResult
from iop_fit.text import join, plural, sanitize
from iop_fit.version import VERSION

__all__ = ["comes_out_otherwise", "recomputing", "short"]

KEYS = {
    "questionnaire": "the version of the questions",
    "private": "what is private",
    "assessed_on": "the day",
    "for": "who it is about",
    "answers": "the answers",
    "alerts": "the alerts",
    "open_alerts": "what it could not tell",
    "direction": "the direction",
    "withheld_by": "what withholds the direction",
    "firm": "whether it is firm",
    "range": "the range",
    "areas": "the areas",
    "fired": "the reasons",
    "points": "the points to talk over",
    "contradictions": "the answers that don't agree",
    "changes": "what would change it",
    "skipped": "what was skipped",
    "practical": "the practical answers that are counted",
    "sources": "the sources",
}
"""The parts of a result in words, by key in the file."""


def comes_out_otherwise(saved: SavedResult, different: tuple[str, ...]) -> bool:
    """Whether a recomputed result differs from the saved one, or some answers no longer fit."""
    return bool(_parts(saved, different) or saved.dropped or saved.new)


def recomputing(saved: SavedResult, different: tuple[str, ...], gone: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return sentences that say whether recomputing a saved result gives the same.

    `different` are the keys that differ, and `gone` the titles of saved alerts that are no longer raised.
    """
    return tuple(_sentences(saved, different, gone))


def _parts(saved: SavedResult, different: tuple[str, ...]) -> list[str]:
    """Return the keys that differ, without `questionnaire` if a sentence of its own covers it."""
    return [key for key in different if key != "questionnaire" or not saved.changed]


def _sentences(saved: SavedResult, different: tuple[str, ...], gone: tuple[str, ...]) -> Iterator[str]:
    parts = _parts(saved, different)
    if parts:
        words = join(dict.fromkeys(KEYS.get(key, "other parts of the file") for key in parts))
        yield f"Recomputing gives another result. Different now: {words}."
    else:
        yield "Recomputing gives the same result."
    if gone:
        titles = join(f"“{sanitize(title)}”" for title in gone)
        yield f"The file also said: {titles}. That it is not raised now is no all-clear."
    if saved.changed:
        yield _questions_changed(saved)
    elif parts:
        yield _file_changed(saved.made_with.program, same_program=not saved.older_format)
    yield from _uncounted(saved)
    new = len(saved.new)
    if new:
        had, count = ("has", "counts") if new == 1 else ("have", "count")
        yield f"{plural(new, 'question')} {had} no answer in the file and {count} as skipped."


def _uncounted(saved: SavedResult) -> Iterator[str]:
    """Yield how many answers don't count, for each reason."""
    counts = Counter(reply.why for reply in saved.earlier)
    if reworded := counts[Uncounted.REWORDED]:
        was, counted = ("was", "counts") if reworded == 1 else ("were", "count")
        yield f"{plural(reworded, 'question')} {was} asked in other words then, and {counted} as not answered."
    if dropped := counts[Uncounted.MISFIT] + counts[Uncounted.GONE]:
        do, were = ("does", "was") if dropped == 1 else ("do", "were")
        yield f"{plural(dropped, 'answer')} {do} not fit any more and {were} left out."
    yield from wordless(saved.earlier)


def _questions_changed(saved: SavedResult) -> str:
    then, now = short(saved.made_with.version), short(saved.questionnaire.version)
    versions = f"both say version {now}" if then == now else f"version {then} then, {now} now"
    return f"The questions have changed since this result was made ({versions})."


def _file_changed(program: str, *, same_program: bool) -> str:
    if program == VERSION and same_program:
        return f"The questions are the same, and so is iop-fit (version {VERSION}). So the file was changed later."
    then = f"version {short(program)} then, {VERSION} now" if program else f"version {VERSION} now"
    return f"The questions are the same. So the file was changed later, or another iop-fit made it ({then})."


def short(text: str, most: int = MAX_VERSION) -> str:
    """Return a version or digest from a file, sanitized and cut to `most` characters."""
    clean = sanitize(text)
    return f"{clean[:most]}…" if len(clean) > most else clean
