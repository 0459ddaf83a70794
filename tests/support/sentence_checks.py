"""Shared by tests: sentence checks."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt

from iop_fit.outline.blocks import Outline
from iop_fit.report.to_html import to_html
from iop_fit.report.to_markdown import to_markdown
from iop_fit.report.to_plain import to_plain
from iop_fit.report.to_terminal import to_terminal
from support.html_pages import Page, said


def rendered(markdown: str) -> str:
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return Page(f"<body>{html}</body>").texts["body"]


def without_boxes(drawn: str) -> str:
    return re.sub("[\u2500-\u259f]", "", drawn)


Draw = Callable[[Outline], str]


DRAWN: dict[str, tuple[Draw, str]] = {
    "markdown": (lambda outline: rendered(to_markdown(outline)), r"[:_]*"),
    "plain": (lambda outline: to_plain(outline, 80), r"(\d+\.|[-:/_])*"),
    "html": (lambda outline: Page(to_html(outline)).texts["body"], r""),
    "terminal": (lambda outline: without_boxes(to_terminal(outline, 60)), r"(\d+\.|[•→;/:_])*"),
}
"""Each format as text, and the marks of its own that may stand between two texts of an outline."""


ON_PAPER = [name for name in DRAWN if name != "terminal"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(outline: Outline, name: str) -> None:
    """See that what is drawn is the texts of an outline in order, with marks between them, and nothing else."""
    draw, marks = DRAWN[name]
    texts = said(
        outline if name in ON_PAPER else outline._replace(footer="")
    )  # it stands below pages, and nowhere else
    rest = squeezed(draw(outline))
    for text in filter(None, map(squeezed, texts)):
        before, found, rest = rest.partition(text)
        assert found, f"not drawn, or not in its place: {text}"
        assert re.fullmatch(marks, before), f"drawn before {text!r}, and in no text: {before}"
    assert re.fullmatch(marks, rest), f"drawn at the end, and in no text: {rest}"
