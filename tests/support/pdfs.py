"""Reads a PDF as a screen reader does: the tags in reading order, each with its text."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Object, Page, Pdf, String

__all__ = ["Paper", "Tag"]


class Tag(NamedTuple):
    """A tag with its alternative text and content."""

    name: str
    alt: str
    inside: tuple["Tag | str", ...]

    def texts(self, *, without: str = "") -> Iterator[str]:
        """Yield the pieces of text in reading order, except those in tags named `without`."""
        for each in self.inside:
            if isinstance(each, str):
                yield each
            elif each.name != without:
                yield from each.texts(without=without)

    def every(self) -> Iterator["Tag"]:
        """Yield this tag and all nested tags, in document order."""
        yield self
        for each in self.inside:
            if isinstance(each, Tag):
                yield from each.every()

    def all_of(self, *names: str) -> list[str]:
        """Return the text of each tag with one of these names."""
        return ["".join(tag.texts()) for tag in self.every() if tag.name in names]


class Paper:
    """A tagged PDF."""

    def __init__(self, data: bytes) -> None:
        self.pdf = Pdf.open(io.BytesIO(data))
        """The parsed file."""
        self._texts = {page.obj.objgen: _marked(page) for page in self.pdf.pages}
        (self.document,) = (tag for tag in self._read(self.pdf.Root.StructTreeRoot.K) if isinstance(tag, Tag))
        """The root tag."""

    def _read(self, thing: Object | int, page: Object | None = None) -> Iterator[Tag | str]:
        """Walk the structure tree: an element, an array, or the id of marked content on a page."""
        if isinstance(thing, int):
            assert page is not None
            yield self._texts[page.objgen].pop(thing, "")
        elif isinstance(thing, Array):
            for each in thing:
                yield from self._read(each, page)
        elif "/MCID" in thing:
            yield from self._read(int(thing.MCID), thing.get("/Pg", page))
        else:
            inside = tuple(self._read(thing.get("/K", Array()), thing.get("/Pg", page)))
            yield Tag(str(thing.S)[1:], str(thing.get("/Alt", "")), inside)

    @property
    def untagged(self) -> list[str]:
        """The untagged text of each page, which screen readers skip."""
        return ["".join(texts[number] for number in sorted(texts)) for texts in self._texts.values()]

    @property
    def fonts(self) -> list[Object]:
        """Every font of every page."""
        return [font for page in self.pdf.pages for font in page.Resources.Font.values()]

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        """The bookmarks in order, each with its depth."""
        return list(_titles(self.pdf.Root.Outlines, 1))

    @property
    def smallest(self) -> float:
        """The smallest font size, in points."""
        return min(
            float(one.operands[1]) for page in self.pdf.pages for one in pikepdf.parse_content_stream(page, "Tf")
        )


def _titles(above: Object, depth: int) -> Iterator[tuple[int, str]]:
    one = above.get("/First")
    while one is not None:
        yield depth, str(one.Title)
        yield from _titles(one, depth + 1)
        one = one.get("/Next")


UNMARKED = -1
"""The id of untagged text."""


class _Mark(NamedTuple):
    """The marked content around a piece of text: its id and the reading direction of its glyphs."""

    number: int = UNMARKED
    step: int = 1
    replaced: bool = False
    """Whether replacement text (`/ActualText`) is given for these glyphs."""


def _marked(page: Page) -> dict[int, str]:
    """Return the texts of a page by marked-content id."""
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    texts: defaultdict[int, str] = defaultdict(str)
    marks, letters = [_Mark()], dict[bytes, str]()
    for one in pikepdf.parse_content_stream(page):
        match str(one.operator):
            case "BDC" | "BMC":
                marks.append(_mark(marks[-1], *one.operands))
                texts[marks[-1].number] += str(one.operands[-1].get("/ActualText", "")) if marks[-1].replaced else ""
            case "EMC":
                marks.pop()
            case "Tf":
                letters = fonts[str(one.operands[0])]
            case "Tj" | "TJ" if not marks[-1].replaced:
                number, step, _ = marks[-1]
                texts[number] += "".join([letters[code] for code in _codes(one.operands[0])][::step])
    return texts


def _mark(around: _Mark, name: Object, values: Object | None = None) -> _Mark:
    if name == "/Artifact":
        return _Mark()
    if name == "/ReversedChars":
        return around._replace(step=-1)
    known = values if values is not None else Dictionary()
    return _Mark(int(known.get("/MCID", around.number)), around.step, replaced="/ActualText" in known)


def _codes(shown: Object) -> list[bytes]:
    """Return the glyph codes, two bytes each, without the spacing adjustments."""
    strings = shown if isinstance(shown, Array) else [shown]
    together = b"".join(bytes(each) for each in strings if isinstance(each, String))
    return [together[start : start + 2] for start in range(0, len(together), 2)]


def _letters(font: Object) -> dict[bytes, str]:
    """Return the text for each glyph code of a font."""
    mapping = font.ToUnicode.read_bytes().decode()
    assert "beginbfrange" not in mapping, "only single codes are read here"
    return {
        bytes.fromhex(code): bytes.fromhex(letters).decode("utf-16-be")
        for code, letters in re.findall(r"^<(\w{4})> <(\w+)>$", mapping, re.MULTILINE)
    }
