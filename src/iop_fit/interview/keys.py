"""The keys of the interview, and the words that mean the same."""

from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.interview.screen import Line
from iop_fit.text import narrow

__all__ = ["INTRODUCED", "KEYS", "SKIPS", "key_for"]

SKIPS = {"s": Skipped(SkipReason.RATHER_NOT_SAY), "d": Skipped(SkipReason.DONT_KNOW)}
"""The keys that skip a question at once, with the reason of each."""

WORDS = {
    "back": "b",
    "why": "?",
    "skip": "s",
    "rather not say": "s",
    "don't know": "d",
    "dont know": "d",
    "review": "r",
    "quit": "q",
}
"""Words for a key; a word that could mean two things, or could be an answer, is not one of them."""

KEYS = Line("Keys: b back, ? why, s skip, d don't know, r review, q quit, x quit right away.")
"""A reminder of the keys at a question."""

INTRODUCED = (
    Line("Type a number and press Enter. At a question, you can also type:"),
    *(
        Line(text, mark=f"  {letter}  ")
        for letter, text in (
            ("b", "go back"),
            ("?", "why we ask, and these letters"),
            ("s", "skip this question"),
            ("d", "don't know"),
            ("r", "review your answers"),
        )
    ),
)
"""The keys at a question, as the first page explains them."""


def key_for(typed: str, *, words: bool) -> str:
    """Return the key that a typed line means, in lower case, or else the line without spaces around it.

    Words mean keys only if `words` is true.
    """
    line = typed.strip()
    if len(line) == 1:
        return line.lower()
    said = " ".join(narrow(line).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    return WORDS.get(said, line) if words else line
