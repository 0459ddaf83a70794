"""Read which of several numbered labels a person typed, by number or in words."""

import re
from collections.abc import Sequence

from iop_fit.domain.kinds.typed_number import in_ascii
from iop_fit.text import narrow

__all__ = ["choice_in", "typed_numbers"]

IN_A_LIST = re.compile(r"([0-9]{1,3})[.)]?")


def choice_in(typed: str, labels: Sequence[str]) -> int | None:
    """Return the place of the label that a line means, from 0; None if it means none, or could mean several.

    A line may be the number of a label, from 1, or its words. "Yes" and "no" also mean a label that goes on after them,
    such as "No, never", unless another one could be meant.
    """
    numbers = typed_numbers(typed)
    if numbers:
        return numbers[0] - 1 if len(numbers) == 1 and 1 <= numbers[0] <= len(labels) else None
    said = _plain(typed)
    meant = [place for place, label in enumerate(labels) if said and said in (_plain(label), _yes_or_no(label))]
    return meant[0] if len(meant) == 1 else None


def typed_numbers(typed: str) -> list[int]:
    """Return numbers of up to three digits, separated by spaces or commas; empty if anything else was typed.

    Digits may be of any script and width, and a number may end in a period or a parenthesis, as in a list.
    """
    words = narrow(in_ascii(typed)).replace(",", " ").replace("\N{IDEOGRAPHIC COMMA}", " ").split()
    matches = [IN_A_LIST.fullmatch(word) for word in words]
    numbers = [int(match[1]) for match in matches if match]
    return numbers if len(numbers) == len(words) else []


def _plain(text: str) -> str:
    """Return a text in lower case, with usual letters, apostrophes and spaces, and no punctuation at its end."""
    usual = narrow(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()
    return " ".join(usual.split()).rstrip(".,!? ")


def _yes_or_no(label: str) -> str:
    """Return "yes" or "no" if a label starts with it and a comma; otherwise an empty text."""
    start, comma, _ = _plain(label).partition(",")
    return start if comma and start in ("yes", "no") else ""
