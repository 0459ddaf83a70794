"""A picture of counts as SVG, without a script: bars that differ without color, with text for screen readers."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from iop_fit.limits import MAX_BARS
from iop_fit.report.tallies.numbers import HIDDEN, counted, safe, share_of
from iop_fit.scoring.counts.tally import Label, Summary, Tally, TallyRow
from iop_fit.text import wrap

__all__ = ["summary_svg"]

WIDTH, LABELS, BARS, MARGIN = 800, 240, 400, 20
"""The width of the picture, of the texts on the left and of the longest bar, in pixels."""
LINE, BAR, GAP = 18, 20, 12
LETTERS = 32
"""How many letters of a label fit on a line."""

LIGHT, DARK = 236, 40
"""The gray of the least and of the most support."""

STYLE = "text{font:14px system-ui,sans-serif;fill:#111}.title{font-size:18px;font-weight:bold}.small{font-size:12px}"
HATCH = (
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#fff"/><rect width="3" height="7" fill="#111"/></pattern>'
)
SIZE = f'width="{WIDTH}" height="{{}}" aria-labelledby="title desc"'
HATCHED = "url(#hatch)"


class Segment(NamedTuple):
    """A part of a bar."""

    column: Label
    fill: str
    number: int | None
    sheets: int | None

    @property
    def words(self) -> str:
        """The part in words."""
        share = share_of(self.number, self.sheets)
        return f"{safe(self.column.text)}: {counted(self.number)}{f' ({share})' if share else ''}"

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return BARS * self.number / self.sheets if self.number and self.sheets else 0


class Bar(NamedTuple):
    """A bar of one or more parts side by side, with a text before and behind it."""

    label: str
    segments: tuple[Segment, ...]
    behind: str
    gap: int = GAP
    """The space below it, in pixels."""

    @property
    def lines(self) -> list[str]:
        """The label, on as many lines as it needs."""
        return wrap(safe(self.label), LETTERS)[:4]

    @property
    def height(self) -> int:
        """Its height with the gap below it, in pixels."""
        return max(LINE * len(self.lines) if self.gap == GAP else 0, BAR) + self.gap

    @property
    def words(self) -> str:
        """The bar in words."""
        words = ", ".join(segment.words for segment in self.segments)
        return f"{safe(self.label)}: {words}" if self.label else words


def summary_svg(summary: Summary) -> str:
    """Return a picture of a summary: a bar for each group, or for each direction if there are no groups."""
    by_id = {tally.id: tally for tally in summary.tallies}
    chosen = by_id.get("groups") or by_id.get("directions")
    bars = [] if chosen is None else [*(_group_bars(chosen) if chosen.sizes else _bars(chosen))][:MAX_BARS]
    legend = _legend(bars) if bars and len({each.column for bar in bars for each in bar.segments}) > 1 else []
    notes = list(summary.notes[-1:]) if any(HIDDEN in bar.behind for bar in bars) else []
    if chosen and chosen.sizes and len(chosen.rows) > MAX_BARS:
        notes.append(f"The first {MAX_BARS} of {len(chosen.rows)} groups are drawn.")
    title = f"{chosen.title}: {summary.title}" if chosen else summary.title
    return _picture(title, bars, legend, notes)


def _bars(tally: Tally) -> Iterator[Bar]:
    """Yield a bar for each count of each row; of two columns, the first one is hatched."""
    several = len(tally.columns) > 1
    for row in tally.rows:
        for place, (column, count) in enumerate(zip(tally.columns, row.counts, strict=True)):
            segment = Segment(column, HATCHED if several and place == 0 else _gray(1), count, row.sheets)
            label = row.label.text if place == 0 else ""
            gap = GAP if place == len(tally.columns) - 1 else 0
            yield Bar(label, (segment,), f"{counted(count)}  {share_of(count, row.sheets)}", gap)


def _group_bars(tally: Tally) -> Iterator[Bar]:
    """Yield a bar for each group, divided into what its sheets come to."""
    columns = tally.columns[: tally.parts]
    for row in tally.rows:
        segments = tuple(_segments(columns, row))
        hidden = f" {HIDDEN}" if any(segment.number is None for segment in segments) else ""
        yield Bar(row.label.text, segments, f"{counted(row.sheets)}{hidden}")


def _segments(columns: Sequence[Label], row: TallyRow) -> Iterator[Segment]:
    last = len(columns) - 1
    for place, (column, count) in enumerate(zip(columns, row.counts, strict=False)):
        fill = HATCHED if place == last else _gray(place / max(1, last - 1))
        yield Segment(column, fill, count, row.sheets)


def _gray(share: float) -> str:
    level = round(LIGHT + (DARK - LIGHT) * share)
    return f"#{level:02x}{level:02x}{level:02x}"


# Drawing


def _legend(bars: Sequence[Bar]) -> list[Segment]:
    return list({segment.column: segment for bar in bars for segment in bar.segments}.values())


def _picture(title: str, bars: Sequence[Bar], legend: Sequence[Segment], notes: Sequence[str]) -> str:
    titles = wrap(safe(title), 70)
    top = MARGIN + 26 * len(titles)
    parts = [_text(MARGIN, MARGIN + 18 + 26 * place, line, "title") for place, line in enumerate(titles)]
    parts += _legend_parts(legend, top + 8)
    y = top + LINE * 2 * ((len(legend) + 3) // 4) + GAP
    if bars:
        y += LINE
        parts += [_text(MARGIN + LABELS + BARS * at / 100 - 12, y - 10, f"{at}%", "small") for at in (0, 50, 100)]
    for bar in bars:
        parts += _bar_parts(bar, y)
        y += bar.height
    for line in (line for note in notes for line in wrap(note, 100)):
        y += LINE
        parts.append(_text(MARGIN, y, line, "small"))
    words = ". ".join([*(bar.words for bar in bars), *notes])
    return _document(title, words, y + MARGIN, parts)


def _document(title: str, words: str, height: int, parts: Iterable[str]) -> str:
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" {SIZE.format(height)}>',
            f'<title id="title">{_safe(title)}</title>',
            f'<desc id="desc">{_safe(words)}</desc>',
            f"<style>{STYLE}</style>",
            f"<defs>{HATCH}</defs>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            *parts,
            "</svg>\n",
        )
    )


def _legend_parts(legend: Sequence[Segment], y: int) -> Iterator[str]:
    for place, segment in enumerate(legend):
        x, down = MARGIN + (place % 4) * 190, y + (place // 4) * LINE * 2
        yield _rectangle(x, down, 16, 16, segment.fill)
        for number, line in enumerate(wrap(safe(segment.column.brief), 20)[:2]):
            yield _text(x + 24, down + 13 + number * LINE, line, "small")


def _bar_parts(bar: Bar, y: int) -> Iterator[str]:
    for place, line in enumerate(bar.lines):
        yield _text(MARGIN, y + 15 + place * LINE, line)
    x = float(MARGIN + LABELS)
    yield f'<path d="M{x:.0f} {y - GAP / 2:.0f}v{bar.height}" stroke="#111"/>'
    for segment in bar.segments:
        if segment.width:
            yield f"<g><title>{_safe(segment.words)}</title>{_rectangle(x, y, segment.width, BAR, segment.fill)}</g>"
        x += segment.width
    yield _text(x + 8, y + 15, bar.behind)


def _rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{fill}" stroke="#111"/>'


def _text(x: float, y: float, words: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{kind}>{_safe(words)}</text>'


def _safe(text: str) -> str:
    """Return a text that XML can hold: without control characters, and escaped."""
    return escape(safe(text))
