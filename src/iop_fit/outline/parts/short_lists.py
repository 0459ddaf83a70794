"""Long lists as several short ones."""

from collections.abc import Iterable, Iterator

from iop_fit.limits import MAX_LIST
from iop_fit.outline.blocks import Block, Comparison, Heading, Item, Items

__all__ = ["in_short_lists", "with_short_lists"]

AND_ALSO = "And also"
"""The title of what continues a list."""

Titled = tuple[str, Items]


def in_short_lists(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """Yield the items in lists of about equal length that are no longer than what people take in at once."""
    lists = -(-len(items) // MAX_LIST)
    for number in range(lists):
        yield items[number * len(items) // lists : (number + 1) * len(items) // lists]


def with_short_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each long list in parts; a numbered list and the list of sources stay whole."""
    for block in blocks:
        match block:
            case Items() if not block.cited and not block.numbered:
                for title, items in _in_parts("", block):
                    yield from [Heading(title)] if title else []
                    yield items
            case Comparison(left, right, both):
                pairs = [_aligned(*pair) for pair in zip(left.lists, right.lists, strict=True)]
                yield Comparison(
                    left._replace(lists=tuple(each for lists, _ in pairs for each in lists)),
                    right._replace(lists=tuple(each for _, lists in pairs for each in lists)),
                    tuple(part for title, items in both for part in _in_parts(title, items)),
                )
            case _:
                yield block


def _in_parts(title: str, items: Items) -> tuple[Titled, ...]:
    """Return a titled list as one or more; one without items stays as it is."""
    parts = tuple(in_short_lists(items.items)) or ((),)
    return tuple((AND_ALSO if number else title, items._replace(items=some)) for number, some in enumerate(parts))


def _aligned(left: Titled, right: Titled) -> tuple[tuple[Titled, ...], tuple[Titled, ...]]:
    """Return the parts of two lists that stand side by side; the shorter one ends with empty ones, without titles."""
    first, second = _in_parts(*left), _in_parts(*right)
    most = max(len(first), len(second))
    empty = ("", Items(()))
    return (*first, *[empty] * (most - len(first))), (*second, *[empty] * (most - len(second)))
