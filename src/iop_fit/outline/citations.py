"""Texts that name their sources, and the numbered list of the sources that a document cites."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self

from iop_fit.domain.guidance import Source, Strength
from iop_fit.outline.blocks import Block, Item, Items, Paragraph

__all__ = ["Cited", "Sentence", "cite", "cite_each", "source_list", "uncited", "with_marks"]


class Sentence(NamedTuple):
    """A part of a text that has the same sources."""

    text: str
    sources: tuple[str, ...] = ()
    """The ids of its sources."""
    marks: tuple[int, ...] = ()
    """The numbers of its sources in the list of the document; empty until `with_marks` sets them."""


class Cited(str):
    """Text that names its sources; each sentence ends with its marks, such as `[1][3]`."""

    __slots__ = ("sentences",)

    sentences: tuple[Sentence, ...]

    def __new__(cls, text: str, sentences: tuple[Sentence, ...] = ()) -> Self:
        """Return the text of the sentences, which may have marks."""
        made = super().__new__(cls, text)
        made.sentences = sentences
        return made


def _joined(sentences: tuple[Sentence, ...]) -> Cited:
    # A mark follows its sentence without a space, so that no line starts with a mark.
    texts = (f"{each.text}{''.join(f'[{mark}]' for mark in each.marks)}" for each in sentences)
    return Cited(" ".join(texts), sentences)


def cite(text: str, sources: tuple[str, ...]) -> Cited:
    """Return a text with the ids of its sources."""
    return _joined((Sentence(text, sources),))


def cite_each(opening: str, sentences: Iterable[tuple[str, tuple[str, ...]]]) -> Cited:
    """Return sentences after a few words without sources (or none), each with the ids of its sources."""
    first = (Sentence(opening),) if opening else ()
    return _joined((*first, *(Sentence(text, sources) for text, sources in sentences)))


def uncited(text: str) -> str:
    """Return a text without marks, for a document without a list of sources."""
    return " ".join(each.text for each in text.sentences) if isinstance(text, Cited) else text


Parts = Mapping[str, tuple[Block, ...]]


def with_marks(parts: Parts, sources: Iterable[Source]) -> tuple[dict[str, tuple[Block, ...]], tuple[Source, ...]]:
    """Return parts with marks, and the sources that they cite, in the order of their first mention.

    Marks number the cited sources from 1, but not those that are judgment.
    """
    known = {source.id: source for source in sources}
    cited = tuple(known[name] for name in dict.fromkeys(_mentions(tuple(parts.values()))))
    numbers = {source.id: number for number, source in enumerate(_evidence(cited), 1)}
    return {name: _marked(blocks, numbers) for name, blocks in parts.items()}, cited


def _evidence(cited: Iterable[Source]) -> Iterator[Source]:
    return (source for source in cited if source.strength is not Strength.JUDGMENT)


def _mentions(value: object) -> Iterator[str]:
    """Yield the ids of the sources in blocks, in reading order."""
    match value:
        case Cited():
            yield from (name for sentence in value.sentences for name in sentence.sources)
        case tuple():
            for each in value:
                yield from _mentions(each)
        case _:
            pass


def _marked(value: Any, numbers: Mapping[str, int]) -> Any:  # noqa: ANN401  # the same type comes back
    match value:
        case Cited():
            return _joined(tuple(_marked_sentence(sentence, numbers) for sentence in value.sentences))
        case tuple() if hasattr(value, "_make"):
            return value._make(_marked(each, numbers) for each in value)
        case tuple():
            return tuple(_marked(each, numbers) for each in value)
        case _:
            return value


def _marked_sentence(sentence: Sentence, numbers: Mapping[str, int]) -> Sentence:
    marks = {numbers[name] for name in sentence.sources if name in numbers}
    return sentence._replace(marks=tuple(sorted(marks)))


def source_list(cited: tuple[Source, ...], *, brief: bool = False) -> Iterator[Block]:
    """Yield the numbered list of cited sources, then what is said of those that are judgment.

    `brief` leaves out what each shows and how strong it is.
    """
    items = tuple(map(_entry, _evidence(cited)))
    if brief:
        items = tuple(Item(each.text) for each in items)
    if items:
        yield Items(items, numbered=True, cited=True)
    judgments = [source.cite for source in cited if source.strength is Strength.JUDGMENT]
    if judgments:
        yield Paragraph(" ".join(judgments))


def _entry(source: Source) -> Item:
    year = f"({source.year})" if source.year and str(source.year) not in source.cite else ""
    details = (
        *([f"What it shows: {source.shows}"] if source.shows else []),
        *([f"Strength: {source.strength.words}."] if source.strength else []),
    )
    return Item(" ".join(filter(None, (source.cite, year, source.link))), details)
