"""The glyph tables: every covered character compiles, and all others become covered text.

System fonts are never used here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from unicodedata import category, name

import pytest
import typst
from hypothesis import example, given
from hypothesis import strategies as st

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_MARKS
from iop_fit.report.glyphs import COVERED, MARKED, drawable, replaced

PAGE = """
#set document(title: "Glyphs")
#set page(width: 20cm, height: auto)
#set text(font: "Libertinus Serif", lang: "en", WEIGHT)
#for paragraph in json(bytes(sys.inputs.paragraphs)) [ #par(paragraph) ]
"""
WEIGHTS = [
    'weight: "regular"',
    'weight: "semibold"',
    'weight: "bold"',
    'style: "italic"',
    'weight: "bold", style: "italic"',
]
TRICKY = (
    "e\u0301\u0336 я\u05b8ש ي\u064b हि\u0eb3ກ1\ufe0f\u20e3⚕❤\u200d\u200c"
    "🔥🏽🇺🇸🇩👩中\u202e\u3000\u0085\ue000\x00\u205f±\U0001d538"
)


def compiled(*paragraphs: str, weight: str = WEIGHTS[0]) -> bytes:
    return typst.compile(
        PAGE.replace("WEIGHT", weight).encode(),
        ignore_system_fonts=True,
        sys_inputs={"paragraphs": json.dumps(paragraphs)},
        pdf_standards=["ua-1"],
    )


def glyphs_seen(texts: list[str]) -> Iterator[int]:
    """Count the glyphs that are not empty, for each text on a page of its own."""
    pages = PAGE.replace("WEIGHT", "").replace("#par(paragraph)", "#page(paragraph)")
    inputs = {"paragraphs": json.dumps(texts)}
    done = typst.Compiler(pages.encode(), ignore_system_fonts=True, sys_inputs=inputs).compile(format="svg")
    assert isinstance(done, list)
    for page in done:
        empty = set(re.findall(r'<symbol id="(\w+)"[^>]*>\s*<path d=""', page.decode()))
        yield sum(glyph not in empty for glyph in re.findall(r'<use xlink:href="#(\w+)"', page.decode()))


def characters(ranges: str) -> list[str]:
    ends = (each.split("-") for each in ranges.split())
    return [chr(code) for end in ends for code in range(int(end[0], 16), int(end[-1], 16) + 1)]


def accented(letters: str, marks: str) -> Iterator[str]:
    """Yield every letter with one of its marks, and every mark on one of its letters."""
    each_letter, each_mark = characters(letters), characters(marks)
    yield from (letter + each_mark[place % len(each_mark)] for place, letter in enumerate(each_letter))
    yield from (each_letter[place % len(each_letter)] + mark for place, mark in enumerate(each_mark))
    yield each_letter[0] + "".join(each_mark)


def strings(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        yield from (text for field in fields(thing) for text in strings(getattr(thing, field.name)))
    elif isinstance(thing, dict):
        yield from (text for pair in thing.items() for each in pair for text in strings(each))
    elif isinstance(thing, tuple | list | set | frozenset):
        yield from (text for each in thing for text in strings(each))


@pytest.mark.parametrize("weight", WEIGHTS)
def test_covered_characters_all_compile(weight: str) -> None:
    every = characters(COVERED)
    paragraphs = [*(f"{each} a{each} a" for each in every), "".join(every), "".join(reversed(every))]
    assert len(every) > 1500
    assert compiled(*paragraphs, weight=weight).startswith(b"%PDF")


def test_covered_characters_are_all_visible() -> None:
    """Compiling is not enough: some glyphs are empty, and Typst drops part of a cluster that needs two fonts."""
    texts = [f"a{each}b" for each in characters(COVERED) if category(each)[0] not in "CZ"]
    assert [text for text, seen in zip(texts, glyphs_seen(texts), strict=True) if seen < 3] == []


def pairs() -> list[str]:
    return [pair for letters, marks in MARKED for pair in accented(letters, marks)]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_marked_letters_all_compile(weight: str) -> None:
    assert [pair for pair in pairs() if replaced(pair) != drawable(pair)] == []
    assert compiled(*map(replaced, pairs()), weight=weight).startswith(b"%PDF")


def test_marked_letters_are_all_visible() -> None:
    """A mark must not reduce the number of glyphs of its letter."""
    texts = [pair for pair in pairs() if len(pair) == 2]
    letters = [text[0] for text in texts]
    seen = zip(texts, glyphs_seen(texts), glyphs_seen(letters), strict=True)
    assert [text for text, both, alone in seen if both < alone or alone == 0] == []


def test_glyph_tables_have_no_duplicates() -> None:
    for ranges in (COVERED, *(ranges for pair in MARKED for ranges in pair)):
        every = characters(ranges)
        assert len(every) == len(set(every))


def fails(text: str) -> bool:
    try:
        compiled(text)
    except typst.TypstError:
        return True
    return False


@pytest.mark.parametrize("text", ["😀", "中", "か", "한", "ก", "\x07", "\ufeff", "1\u20e3", "\u2041"])
def test_characters_without_a_font_fail_and_are_named(text: str) -> None:
    assert replaced(text) != text
    assert fails(f"a{text}")


@pytest.mark.parametrize("letter", ["中", "😀", "か", "ก", "ა", "\U0001d538"])
def test_accent_that_would_hide_its_letter_is_named(letter: str) -> None:
    """Typst's first font has the accent but not the letter, so it would draw only the accent, without an error."""
    assert drawable(f"{letter}\u0301x") == f"{letter}[combining acute accent]x"


@pytest.mark.parametrize(
    ("letter", "mark"),
    [
        ("e", "\u0301"),
        ("Z", "\u0489"),
        ("ש", "\u05b8"),
        ("ب", "\u064b"),
        ("ก", "\u0e49"),
        ("ກ", "\u0eb3"),
        ("क", "\u093e"),
    ],
)
def test_marks_beyond_the_limit_are_named(letter: str, mark: str) -> None:
    short, tall = (f"{letter}{mark * count}x" for count in (MAX_MARKS, 50))
    assert drawable(short) == short
    named = f"[{name(mark).lower()}]" * (50 - MAX_MARKS)
    assert drawable(tall) == f"{short[:-1]}{named}x"
    assert drawable(tall.replace(mark, f"{mark}\u200d")) == drawable(tall)


@pytest.mark.parametrize(
    "text", ["か\u3099", "मैं रुकना चाहता हूँ", "র\u200c\u09cdয", "กำลังใจที่", "ကြွေး", "\u1112\u1161\u11ab", "1\u20e3"]
)
def test_marks_stay_on_letters_of_their_script(text: str) -> None:
    assert drawable(text) == text


def test_questionnaire_uses_only_covered_characters(questionnaire: Questionnaire) -> None:
    texts = set(strings(questionnaire))
    assert len(texts) > 500
    assert [text for text in texts if replaced(text) != text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Núñez-Ångström Þórður Œuvré",
        "Łucja Żółć Święcicka",
        "İpek I\u015f\u0131k Çağr\u0131 Gümüş",
        "Nguyễn Thị Phượng Ằng",
        "Nguye\u0302\u0303n Zoe\u0308 Ọlá\u0300",
        "Γιώργος Αθηνά",
        "Їжак Ёлкин за\u0301мak Ђорђе Қазақ",
        "Țurcanu Škoda Ðurić Gārša",
        "שָׁלוֹם כהן",
        "مُحَمَّد پژمان می\u200cرسد",
    ],
)
def test_names_of_people_are_covered(text: str) -> None:
    assert replaced(text) == text
    assert compiled(text, f"x{text}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fine 😀!", "fine [grinning face]!"),
        ("👩\u200d⚕\ufe0f", "[woman][staff of aesculapius]"),
        ("👨\u200d👩\u200d👧", "[man][woman][girl]"),
        ("👋🏽 ❤\ufe0f ❤\ufe0f\u200d🔥", "[waving hand sign] ❤ ❤[fire]"),
        ("🇺🇸🇩🇪 🇺", "[flag US][flag DE] [regional indicator symbol letter u]"),
        ("1\ufe0f\u20e3", "1"),
        ("李", "[cjk unified ideograph-674e]"),
        ("a\u3000b\u0085c\rd", "a b c d"),
        ("\ue000\x00\ud800\U0010ffff", "[U+E000][U+0000][U+D800][U+10FFFF]"),
        ("🤭🔂", "[smiling face with smiling eyes and hand covering mouth][U+1F502]"),
        ("a\u202eb", "a[right-to-left override]b"),
        ("e\u0301 \u0301😀\u0301", "e\u0301 [combining acute accent][grinning face][combining acute accent]"),
        ("\ufe0fa\ufe0f\u200d❤\ufe0f\ufe0f", "a❤"),
        ("", ""),
    ],
)
def test_replaced_names_undrawable_characters(text: str, shown: str) -> None:
    assert replaced(text) == shown


@given(st.text() | st.text(alphabet=TRICKY, max_size=40))
@example(TRICKY)
def test_replaced_text_is_idempotent_and_compiles(text: str) -> None:
    shown = replaced(text)
    assert replaced(shown) == shown
    compiled(shown, weight=WEIGHTS[1])


@given(st.text(alphabet=characters(COVERED)))
def test_replaced_keeps_covered_text(text: str) -> None:
    assert replaced(text) == text
