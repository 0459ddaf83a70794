"""The reference of the Python API, from what `import iop_fit` offers."""

import inspect
import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import get_overloads

import iop_fit

__all__ = ["python_api"]

MAX_MEMBERS = 10
"""The most members of an enum that are listed; `Code` has a page of its own."""


def python_api() -> str:
    """Return each name that `import iop_fit` offers, with its signature, docstring, examples and fields."""
    names = [name for name in iop_fit.__all__ if not name.startswith("_")]
    in_order = re.findall(r"`(\w+)`", iop_fit.__doc__ or "")
    functions = sorted((name for name in names if inspect.isfunction(getattr(iop_fit, name))), key=in_order.index)
    others = [name for name in names if name not in functions]
    return "\n" + "\n".join(described(name) for name in [*functions, *others]) + "\n"


def described(name: str) -> str:
    """Return one public name with what it takes and what its docstring says."""
    thing = getattr(iop_fit, name)
    if isinstance(thing, tuple):
        return f"### `{name}`\n\n{', '.join(f'`{each}`' for each in thing)}.\n"
    docstring = with_examples(inspect.cleandoc(thing.__doc__))
    if inspect.isfunction(thing):
        signatures = "\n".join(signature(name, each) for each in get_overloads(thing) or [thing])
        return f"### `{name}`\n\n```text\n{signatures}\n```\n\n{docstring}\n"
    kind = "exception" if issubclass(thing, Exception) else "class"
    members = [f"`{each}`" for each in public_members(thing) if each not in vars(object)]
    offered = f"\n\nIt has {', '.join(members)}." if members else ""
    return f"### `{name}` ({kind})\n\n{docstring}{offered}\n"


def with_examples(docstring: str) -> str:
    """Return a docstring with its examples as a block of code."""
    prose, mark, examples = docstring.partition(">>> ")
    return f"{prose}```pycon\n{mark}{examples}\n```" if mark else prose


def signature(name: str, function: Callable[..., object]) -> str:
    """Return a signature on one line, or one parameter a line if that is too long."""
    found = inspect.signature(function)
    parameters = [str(each) for each in found.parameters.values()]
    keyword_only = [each.kind is inspect.Parameter.KEYWORD_ONLY for each in found.parameters.values()]
    if True in keyword_only:
        parameters.insert(keyword_only.index(True), "*")
    parameters = [without_modules(each) for each in parameters]
    result = without_modules(inspect.formatannotation(found.return_annotation))
    line = f"{name}({', '.join(parameters)}) -> {result}"
    return line if len(line) <= 80 else f"{name}(\n    " + ",\n    ".join(parameters) + f",\n) -> {result}"


def without_modules(annotation: str) -> str:
    """Return an annotation without the names of the modules that its types are in."""
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z]|date\b)", "", annotation)


def public_members(thing: type) -> Iterator[str]:
    """Yield the members of an enum; else the fields of a class, then its public methods, with those it inherits."""
    if issubclass(thing, Enum):
        yield from [each.name for each in thing] if len(thing) <= MAX_MEMBERS else ()
        return
    ours = [each for each in reversed(thing.__mro__) if each.__module__.startswith("iop_fit.")]
    fields = [each for kind in ours for each in inspect.get_annotations(kind) if not each.startswith("_")]
    yield from fields
    yield from (
        each
        for kind in ours
        for each, value in vars(kind).items()
        if not each.startswith("_") and each not in fields and (callable(value) or isinstance(value, property))
    )
