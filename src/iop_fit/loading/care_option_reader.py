"""Build the options of care from records."""

from collections.abc import Sequence

from iop_fit.domain.care_option import CareOption, Study
from iop_fit.loading.guidance_reader import GuidanceReader
from iop_fit.loading.records import Problems, Record, unique
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["read_care_options"]


def read_care_options(parts: Sequence[Record], guidance: GuidanceReader, problems: Problems) -> tuple[CareOption, ...]:
    """Return the options of all parts, in file order, and report the ids in them that don't exist."""
    records = unique([record for part in parts for record in part.records("options")], problems)
    private = {alert.id for alert in guidance.alerts if alert.private}
    marks = [direction.id for direction in guidance.directions]
    marks += [alert.id for alert in guidance.alerts if alert.id not in private]
    sources = [source.id for source in guidance.sources]
    for record in records:
        for name in record.scalars("marked for"):
            if name.text in private:
                message = f"The alert {quote(name.text)} is private, so a mark would reveal it."
                problems.note(Code.PRIVATE_MIXED, name.place, message, "Remove it from `marked for`.")
            elif name.text not in marks:
                problems.unknown(name, marks, "direction or alert")
        for name in (each for part in (record, *record.records("studies")) for each in part.scalars("sources")):
            if name.text not in sources:
                problems.unknown(name, sources, "source")
    return tuple(map(_care_option, records))


def _care_option(record: Record) -> CareOption:
    return CareOption(
        id=record.id,
        name=record.text("name"),
        what=wording(record, "what"),
        week=wording(record, "week"),
        asks=wording(record, "asks"),
        good=wording(record, "good"),
        drawbacks=wording(record, "drawbacks"),
        studies=tuple(Study(wording(each, "text"), each.texts("sources")) for each in record.records("studies")),
        sure=wording(record, "sure"),
        costs=wording(record, "costs"),
        unsuited=wording(record, "unsuited"),
        marked_for=record.texts("marked for"),
        sources=record.texts("sources"),
    )
