"""Read a number that a person typed, with words around it, if it can mean one thing only."""

import re

from iop_fit.limits import MAX_TYPED_NUMBER, MAX_WHOLE

__all__ = ["in_ascii", "read_number"]

SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NAMED = {
    **{word: number for number, word in enumerate(SMALL)},
    **{word: number * 10 for number, word in enumerate(TENS, 2)},
    **{f"{ten}-{SMALL[one]}": tens * 10 + one for tens, ten in enumerate(TENS, 2) for one in range(1, 10)},
}
"""Numbers in words."""

UNCLEAR = {
    # A second number, or a multiple
    *("half", "halves", "quarter", "quarters", "third", "thirds", "couple", "pair", "few", "several", "dozen"),
    *("dozens", "hundred", "hundreds", "thousand", "million", "once", "twice", "double", "triple", "times"),
    # A bound, a range, a sum or a denial
    *("more", "less", "fewer", "least", "most", "over", "under", "above", "below", "than", "up", "to", "till"),
    *("until", "between", "from", "or", "and", "plus", "minus", "not", "no", "never", "without", "but", "max", "min"),
    *("dont", "isnt", "unless", "if", "almost", "nearly", "beyond", "past"),
    # Another time than the question asks about
    *("week", "weeks", "weekly", "weekend", "weekends", "month", "months", "monthly", "hour", "hours", "hourly"),
    # A container of more than one
    *("bottle", "bottles", "liter", "liters", "litre", "litres", "pint", "pints", "quart", "quarts", "gallon"),
    *("gallons", "handle", "handles", "fifth", "fifths", "pitcher", "pitchers", "jug", "jugs", "box", "boxes"),
    *("case", "cases", "pack", "packs", "ounce", "ounces", "oz", "ml", "cl", "st", "nd", "rd", "th", "percent"),
}
"""Words beside which a number does not mean what it says, unless they are the unit."""

SPACED = re.compile(r"[\s,;:!?.'\"()~]+")
SLASH = "\N{FRACTION SLASH}"
"""What stands in one-letter fractions; 1/2 with the usual slash may mean "1 or 2"."""
CONTRACTED = re.compile(r"'(d|ll|m|s|ve)\b")
NUMBER = re.compile(r"(?:\d{1,7}(?:\.\d{0,3})?|\.\d{1,3})(?![\d.,/-]*\d)")
MIXED = re.compile(rf"(?:(?P<whole>\d{{1,7}})\s+)?(?P<part>[1-9])(?P<slash>[/{SLASH}])(?P<of>10|[2-9])(?![\d/.])")
MARKS = "\N{ALMOST EQUAL TO}\N{RIGHT SINGLE QUOTATION MARK}"


def read_number(typed: str, unit: str = "") -> float | None:
    """Return the only number in a line, in digits or words; None if there is none, or if it could mean another.

    Words around it are ignored, except those that change what it means: "12 beers" is 12, but "over 12" is unclear.
    Words of the unit never are.
    """
    if len(typed) > MAX_TYPED_NUMBER:
        return None
    line = CONTRACTED.sub("", in_ascii(typed).strip().lower())
    value, around = _split(line)
    words = [word for word in SPACED.split(around.replace("-", " ")) if word]
    known = set(SPACED.split(unit.lower()))
    if value is None or value > MAX_WHOLE or not all(word in known or _is_harmless(word) for word in words):
        return None
    return value


def _split(line: str) -> tuple[float | None, str]:
    """Return the first number of a line, and the text around it."""
    found = MIXED.search(line) or NUMBER.search(line)
    if not found:
        return _split_words(line)
    before, after = line[: found.start()], line[found.end() :]
    if re.search(r"[\w.,+/-]\s*$", before) and not re.search(r"[a-z][,.]?\s+$", before):
        return None, ""  # a sign, or another part of a longer number or name
    parts = found.groupdict()
    if not parts:
        return float(found[0]), f"{before} {after}"
    share = int(parts["part"]) / int(parts["of"])
    fits = share < 1 and (parts["whole"] or parts["slash"] == SLASH)
    return (int(parts["whole"] or 0) + round(share, 3), f"{before} {after}") if fits else (None, "")


def _split_words(line: str) -> tuple[float | None, str]:
    """Return the only number in words, and the words around it."""
    tens = "|".join(TENS)
    ones = "|".join(SMALL[1:10])
    words = SPACED.split(re.sub(rf"\b({tens}) ({ones})\b", r"\1-\2", line))
    named = [word for word in words if word in NAMED]
    return (NAMED[named[0]], " ".join(word for word in words if word not in NAMED)) if len(named) == 1 else (None, "")


def _is_harmless(word: str) -> bool:
    """Whether a word leaves a number beside it as it is: one of at least two letters, and not an unclear one."""
    return (word.isalpha() and (len(word) > 1 or word in ("a", "i"))) and word not in UNCLEAR and word not in NAMED


def in_ascii(typed: str) -> str:
    """Write digits of any script and width, signs and fractions in ASCII; other characters stay."""
    if typed.isascii():
        return typed
    from unicodedata import category, decimal, decomposition, normalize

    def plain(letter: str) -> str:
        if letter in MARKS:
            return " " if letter == MARKS[0] else "'"
        if category(letter) == "Nd":
            return str(decimal(letter))
        if decomposition(letter).startswith("<fraction>"):
            return f" {normalize('NFKC', letter)}"
        if category(letter) in ("Pd", "Sm") and normalize("NFKC", letter) in "-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}":
            return "-"
        return normalize("NFKC", letter) if category(letter) in ("Po", "Zs") else letter

    return "".join(map(plain, typed))
