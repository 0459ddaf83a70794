"""Alerts in a box on the terminal."""

import pytest

from iop_fit.outline.blocks import Callout, Outline, Part
from iop_fit.report.to_terminal import BORDER, to_terminal


def boxed(title: str, width: int) -> list[str]:
    """Return the lines of an urgent alert on a terminal of this width."""
    alert = Callout(urgent=True, title=title, because="Because: A reason.", text="A text.", contacts=())
    outline = Outline(title="", subtitle="", pages=((Part("First", (alert,)),),), language="en")
    lines = to_terminal(outline, width).splitlines()
    return [line for line in lines if line.startswith(("╭", "│", "╰"))]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_box_has_its_title_in_the_border_if_it_fits(width: int) -> None:
    title = "w" * (width - BORDER)
    assert boxed(title, width)[0] == f"╭─ {title} ─╮"


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_box_wraps_a_title_that_the_border_would_cut(width: int) -> None:
    title = "word " * (width // 5)
    top, *inside, reason, _, bottom = boxed(f"{title}end.", width)
    assert (top, bottom) == (f"╭{'─' * (width - 2)}╮", f"╰{'─' * (width - 2)}╯")
    assert " ".join(line.strip("│ ") for line in inside) == f"{title}end."
    assert "Because: A reason." in reason
