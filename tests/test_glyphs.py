"""What the PDF can draw: the whole table is compiled, and everything else becomes words that are in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from unicodedata import category

import pytest
import typst
from hypothesis import example, given
from hypothesis import strategies as st

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.report.glyphs import ACCENTED, COVERED, covered, replaced

PAGE = """
#set document(title: "Glyphs")
#set page(width: 20cm, height: auto)
#set text(font: "Libertinus Serif", lang: "en", WEIGHT)
#for paragraph in json(bytes(sys.inputs.paragraphs)) [ #par(paragraph) ]
"""
WEIGHTS = ['weight: "regular"', 'weight: "bold"', 'style: "italic"', 'weight: "bold", style: "italic"']
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
    """Every letter with one of its marks, and every mark on one of its letters."""
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
def test_every_character_of_the_table_compiles(weight: str) -> None:
    every = characters(COVERED)
    paragraphs = [*(f"{each} a{each} a" for each in every), "".join(every), "".join(reversed(every))]
    assert len(every) > 7000
    assert compiled(*paragraphs, weight=weight).startswith(b"%PDF")


def test_every_character_of_the_table_is_seen() -> None:
    """What compiles is not always seen: some glyphs are empty, and of a cluster in two fonts Typst drops a part."""
    texts = [f"a{each}b" for each in characters(COVERED) if category(each)[0] not in "CZ" and each != "\u2800"]
    assert [text for text, seen in zip(texts, glyphs_seen(texts), strict=True) if seen < 3] == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_and_mark_of_the_table_compile_together(weight: str) -> None:
    pairs = [pair for letters, marks in ACCENTED for pair in accented(letters, marks)]
    assert all(map(covered, pairs))
    assert compiled(*pairs, weight=weight).startswith(b"%PDF")


def test_table_is_in_order_and_without_overlap() -> None:
    for ranges in (COVERED, *(ranges for pair in ACCENTED for ranges in pair)):
        every = characters(ranges)
        assert every == sorted(set(every))


def neighbours() -> list[str]:
    """Characters just outside the ranges, without the five that compile here and fail elsewhere or are not seen."""
    every = set(characters(COVERED))
    beside = {chr(ord(each) + step) for each in every for step in (-1, 1)} - every
    return sorted(
        each for each in beside if category(each)[0] in "LNPS" and each not in "\u0eb3\u1d45\u1db4\u20a5\ufffc"
    )


def fails(text: str) -> bool:
    try:
        compiled(f"a{text}")
    except typst.TypstError:
        return True
    return False


def test_what_is_just_outside_the_table_does_not_compile() -> None:
    beside = neighbours()[::4]
    assert len(beside) > 40
    assert [each for each in beside if covered(each) or not fails(each)] == []


@pytest.mark.parametrize("text", ["😀", "中", "か", "한", "ก", "\x07", "\ufeff", "1\u20e3", "\u2041"])
def test_what_is_not_covered_does_not_compile(text: str) -> None:
    assert not covered(text)
    assert fails(text)


def test_every_text_of_the_questionnaire_is_covered(questionnaire: Questionnaire) -> None:
    texts = set(strings(questionnaire))
    assert len(texts) > 500
    assert [text for text in texts if not covered(text)] == []


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Núñez-Ångström Þórður Œuvré",
        "Łucja Żółć Święcicka",
        "İpek I\u015f\u0131k Çağr\u0131 Gümüş",
        "Nguyễn Thị Phượng Ằng",
        "Nguye\u0302\u0303n Zoe\u0308 Ọlá\u0300",
        "Γιώργος Ἀθηνᾶ",
        "Їжак Ёлкин за\u0301мak Ђорђе Қазақ",
        "Țurcanu Škoda Ðurić Gārša",
        "თბილისი Երևան",
        "שָׁלוֹם כהן",
        "مُحَمَّد پژمان می\u200cرسد",
        "हिन्दी श्रीमती",
    ],
)
def test_name_is_covered(name: str) -> None:
    assert covered(name)
    assert compiled(name, f"x{name}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fine 😀!", "fine [grinning face]!"),
        ("👩\u200d⚕\ufe0f", "[woman]⚕\ufe0f"),
        ("👨\u200d👩\u200d👧", "[man][woman][girl]"),
        ("👋🏽 ❤\ufe0f ❤\ufe0f\u200d🔥", "[waving hand sign] ❤\ufe0f ❤\ufe0f[fire]"),
        ("🇺🇸🇩🇪 🇺", "[flag US][flag DE] [regional indicator symbol letter u]"),
        ("1\ufe0f\u20e3", "1\ufe0f"),
        ("李", "[cjk unified ideograph-674e]"),
        ("a\u3000b\u0085c\rd", "a b c d"),
        ("\ue000\x00\ud800\U0010ffff", "[U+E000][U+0000][U+D800][U+10FFFF]"),
        ("🤭🔂", "[smiling face with smiling eyes and hand covering mouth][U+1F502]"),
        ("a\u202eb", "a[right-to-left override]b"),
        ("e\u0301 \u0301😀\u0301", "e\u0301 [combining acute accent][grinning face][combining acute accent]"),
        ("\ufe0fa\ufe0f\u200d❤\ufe0f\ufe0f", "a❤\ufe0f\ufe0f"),
        ("", ""),
    ],
)
def test_replaced_puts_names_in_the_place_of_what_cannot_be_drawn(text: str, shown: str) -> None:
    assert replaced(text) == shown


@given(st.text() | st.text(alphabet=TRICKY, max_size=40))
@example(TRICKY)
def test_replaced_text_is_covered_compiles_and_stays(text: str) -> None:
    shown = replaced(text)
    assert covered(shown)
    assert replaced(shown) == shown
    assert covered(text) == (shown == text)
    compiled(shown, weight=WEIGHTS[1])


@given(st.text(alphabet=characters(COVERED)))
def test_replaced_leaves_covered_text_as_it_is(text: str) -> None:
    assert covered(text)
    assert replaced(text) == text
