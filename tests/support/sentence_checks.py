"""Checks that a rendered page contains exactly the text of its outline."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt

from iop_fit.outline.blocks import Outline
from iop_fit.report.formats import draw
from iop_fit.report.to_html import to_html
from iop_fit.report.to_markdown import to_markdown
from iop_fit.report.to_terminal import to_terminal
from support.html_pages import Page, all_texts


def rendered(markdown: str) -> str:
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return Page(f"<body>{html}</body>").texts["body"]


def without_boxes(drawn: str) -> str:
    return re.sub("[\u2500-\u259f]", "", drawn)


Draw = Callable[[Outline], str]


def drawn_as(name: str) -> Draw:
    return lambda outline: draw(outline, name).decode()


DRAWN: dict[str, tuple[Draw, str]] = {
    "markdown": (lambda outline: rendered(to_markdown(outline)), r"(\[\]|[:_])*"),
    "plain": (drawn_as("plain"), r"(\d+\.|\[\]|[-:/_])*"),
    "html": (lambda outline: Page(to_html(outline)).texts["body"], r""),
    "terminal": (lambda outline: without_boxes(to_terminal(outline, 60)), r"(\d+\.|\[\]|[•→;/:_●○])*"),
}
"""Each format: a function that renders plain text, and a pattern of the marks it adds between texts."""


UNDRAWN = {"markdown", "plain"}
"""Formats that say in words, one after the other, what others draw."""

ON_PAPER = [name for name in DRAWN if name != "terminal"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(outline: Outline, name: str) -> None:
    """Check that a format renders the texts of an outline in order, and only marks between them."""
    draw, marks = DRAWN[name]
    shown = outline if name in ON_PAPER else outline._replace(footer="")  # only paged formats have a footer
    texts = all_texts(shown, drawn=name not in UNDRAWN)
    rest = squeezed(draw(outline))
    for text in filter(None, map(squeezed, texts)):
        before, found, rest = rest.partition(text)
        assert found, f"missing or out of order: {text}"
        assert re.fullmatch(marks, before), f"unexpected before {text!r}: {before}"
    assert re.fullmatch(marks, rest), f"unexpected at the end: {rest}"
