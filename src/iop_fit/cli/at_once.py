"""The phone numbers at once: without the command-line library, Rich, and the rest of the questionnaire."""

import sys

from iop_fit.domain.guidance import Contact
from iop_fit.files.output_target import OutputTarget, detect_output
from iop_fit.loading.contacts.bundled import bundled_contacts
from iop_fit.outline.contacts import hotlines_outline

__all__ = ["print_hotlines"]


def print_hotlines(options: list[str]) -> bool:
    """Print the numbers of the bundled questionnaire, as `iop-fit hotlines` with these options does.

    Returns false, without any output, if the command line or the file needs the full program. Raises `OSError` if
    standard output can't be written.
    """
    contacts = bundled_contacts() if options in ([], ["--plain"]) else None
    text = _text(contacts, detect_output(plain=bool(options))) if contacts and sys.stdout else None
    if text is None:
        return False
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # it is a text file unless a caller replaced it
    sys.stdout.write(text)
    sys.stdout.flush()
    return True


def _text(contacts: tuple[Contact, ...], view: OutputTarget) -> str | None:
    outline = hotlines_outline(contacts, "en")
    if view.plain:
        from iop_fit.report.to_plain import to_plain

        return to_plain(outline, view.width)
    from iop_fit.report.simple_text import simple_text

    return simple_text(outline, view.width, color=view.color)
