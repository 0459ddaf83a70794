"""`simple_text` lays out what it can exactly as `to_terminal` does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iop_fit
from iop_fit.outline.blocks import Block, Callout, Heading, Item, Items, Outline, Paragraph, Part
from iop_fit.outline.contacts import hotlines_outline
from iop_fit.report.simple_text import simple_text
from iop_fit.report.to_terminal import to_terminal

WORDS = st.text("abc.,-()'/", min_size=1, max_size=38)
TEXTS = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)
ITEMS = st.builds(Item, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    TEXTS.map(Heading),
    TEXTS.map(Paragraph),
    st.lists(ITEMS, min_size=1, max_size=3).map(lambda items: Items(tuple(items))),
)
PARTS = st.builds(Part, TEXTS, st.lists(BLOCKS, min_size=1, max_size=4).map(tuple))


def outline_of(title: str, parts: list[Part], lead: str = "", subtitle: str = "") -> Outline:
    return Outline(title=title, subtitle=subtitle, pages=(tuple(parts),), language="en", lead=lead)


OUTLINES = st.builds(
    outline_of, TEXTS, st.lists(PARTS, max_size=3), st.one_of(st.just(""), TEXTS), st.one_of(st.just(""), TEXTS)
)


@given(outline=OUTLINES, width=st.integers(1, 130), color=st.booleans())
def test_simple_text_equals_what_rich_draws(outline: Outline, width: int, color: bool) -> None:
    assert simple_text(outline, width, color=color) == to_terminal(outline, width, color=color)


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_simple_text_draws_the_hotlines(width: int, color: bool) -> None:
    outline = hotlines_outline(iop_fit.load().contacts, "en")
    assert simple_text(outline, width, color=color) == to_terminal(outline, width, color=color)


NOT_SIMPLE: list[Block] = [
    Paragraph("Café"),
    Paragraph("two  spaces"),
    Paragraph("tab\tinside"),
    Paragraph("x" * 79),
    Paragraph(""),
    Paragraph("strong", strong=True),
    Items(()),
    Items((Item("one"),), numbered=True),
    Items((Item("one", ("\x1b[1m",)),)),
    Callout(urgent=True, title="Call 911", because="You said so.", text="Call now.", contacts=()),
]


@pytest.mark.parametrize("block", NOT_SIMPLE)
def test_simple_text_leaves_the_rest_to_rich(block: Block) -> None:
    assert simple_text(outline_of("Title", [Part("Part", (block,))])) is None


def test_simple_text_leaves_brief_outlines_to_rich() -> None:
    assert simple_text(outline_of("Title", [])._replace(brief=True)) is None
