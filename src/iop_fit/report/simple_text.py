"""An outline of headings, paragraphs and lists in ASCII, laid out as `to_terminal` does, without the import of Rich."""

from collections.abc import Iterator

from iop_fit.limits import MAX_WIDTH, MIN_WIDTH
from iop_fit.outline.blocks import Block, Heading, Items, Outline, Paragraph, Part

__all__ = ["simple_text"]

BULLET = 2
"""The columns of a bullet and the space after it."""
SHORTEST_RULE = 5
"""The fewest columns of a line behind a title; a longer title has no line."""
BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def simple_text(outline: Outline, width: int = 80, *, color: bool = False) -> str | None:
    """Return what `to_terminal` returns, or None if the outline holds a block or a character that needs Rich."""
    width = max(MIN_WIDTH, min(width, MAX_WIDTH))
    heads = tuple(filter(None, (outline.title, outline.lead, outline.subtitle)))
    texts = (*heads, *(text for part in outline.parts for text in _texts(part)))
    if outline.brief or not all(_is_simple(text, width) for text in texts):
        return None
    lines = [*_wrapped(outline.title, width, BOLD)]
    lines += _wrapped(outline.lead, width, BOLD) if outline.lead else ()
    lines += _wrapped(outline.subtitle, width, DIM) if outline.subtitle else ()
    for part in outline.parts:
        lines += ("", *_part(part, width))
    return "".join(f"{line if color else _without_styles(line)}".rstrip() + "\n" for line in lines)


def _texts(part: Part) -> Iterator[str]:
    """Yield every text of a part; a block that needs Rich yields an empty one, which is not simple."""
    yield part.title
    for block in part.blocks:
        match block:
            case Heading(text) | Paragraph(text, strong=False):
                yield text
            case Items(items, numbered=False, ticks=False) if items:
                yield from (text for item in items for text in (item.text, *item.details))
            case _:
                yield ""


def _is_simple(text: str, width: int) -> bool:
    """Whether a text is ASCII words with one space between them, each of which fits on a line of a list."""
    return text.isascii() and text.isprintable() and all(0 < len(word) <= width - BULLET for word in text.split(" "))


def _part(part: Part, width: int) -> Iterator[str]:
    rule = width - len(part.title) - 1
    if rule < SHORTEST_RULE:
        yield from _wrapped(part.title, width, BOLD)
    else:
        yield f"{BOLD}{part.title}{END} {DIM}{'─' * rule}{END}"
    for number, block in enumerate(part.blocks):
        if number and isinstance(block, Heading):
            yield ""
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Items):
        return _items(block, width)
    assert isinstance(block, Heading | Paragraph)
    return _wrapped(block.text, width, BOLD if isinstance(block, Heading) else "")


def _items(items: Items, width: int) -> Iterator[str]:
    """Yield the lines of a list; details are padded to its widest line, as in a table."""
    texts = [text for item in items.items for text in (item.text, *item.details)]
    column = min(max(map(len, texts)), width - BULLET)
    for item in items.items:
        first, *others = _wrapped(item.text, column)
        yield f"• {first}"
        yield from (f"  {line}" for line in others)
        yield from (f"  {line}" for detail in item.details for line in _wrapped(detail, column, DIM, padding=column))


def _wrapped(text: str, width: int, style: str = "", padding: int = 0) -> Iterator[str]:
    """Yield the lines of a text; all but the last keep the space after their last word if there is room for it."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f"{word} "
    lines[-1] = lines[-1][:-1]
    for line in lines:
        padded = line[:width].ljust(padding)
        yield f"{style}{padded}{END}" if style else padded


def _without_styles(line: str) -> str:
    return line.replace(BOLD, "").replace(DIM, "").replace(END, "")
