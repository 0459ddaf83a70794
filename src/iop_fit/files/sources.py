"""Where a Python program has answers or a result: a path, a stream, a mapping or text."""

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Protocol

from iop_fit.files.parsing.mapping_reader import MAPPING
from iop_fit.files.reading import decode, read_text
from iop_fit.limits import MAX_BYTES

__all__ = ["FilePath", "Source", "Stream", "content_of"]

FilePath = str | PathLike[str]


class Stream(Protocol):
    """An open file or another object to read from; texts are read as they are, and bytes as UTF-8."""

    def read(self, size: int, /) -> str | bytes:
        """Return at most `size` characters or bytes; empty at the end."""


Source = FilePath | Mapping[str, object] | Stream
"""A path, the content of a file as a mapping, or a stream. A `str` is always a path."""


def content_of(source: Source | None, text: str | bytes | None) -> tuple[str | Mapping[str, object], str]:
    """Return the text or mapping of a source, and its name for places.

    Raises `TypeError` if not exactly one of both is given, or if text is given as a path; the message repeats nothing,
    since text may hold answers. Raises `IopFitError` if a file can't be read, is too large or is not UTF-8.
    """
    if (source is None) == (text is None):
        raise TypeError("pass one source: a path, a mapping, a stream, or text=...")
    if text is not None:
        return decode(_encoded(text), "text"), "text"
    match source:
        case Mapping():
            return source, MAPPING
        case str() | PathLike():
            path = fspath(source)
            if isinstance(source, str) and ("\n" in path or path.lstrip().startswith("{")):
                raise TypeError("a str is a path; pass the text of a file as text=...")
            return read_text(Path(path)), path
        case _:
            return _read_stream(source)


def _read_stream(source: object) -> tuple[str, str]:
    """Read a stream to its end, up to `MAX_BYTES`: one call may return less than there is."""
    read = getattr(source, "read", None)
    if not callable(read):
        raise TypeError(f"pass a path, a mapping, a stream, or text=..., not {type(source).__name__}")
    name = getattr(source, "name", None)
    named = name if isinstance(name, str) else "stream"
    content = b""
    while len(content) <= MAX_BYTES:
        piece = read(MAX_BYTES + 1 - len(content))
        if not isinstance(piece, (str, bytes)):
            raise TypeError(f"a stream must return text or bytes, not {type(piece).__name__}")
        if not piece:
            break
        content += _encoded(piece)
    return decode(content, named), named


def _encoded(text: str | bytes) -> bytes:
    """Return text as UTF-8; halves of characters are kept, so that `decode` reports where they are."""
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
