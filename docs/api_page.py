"""The reference of the Python API, from what `import iop_fit` offers."""

import inspect
import re
from collections.abc import Callable, Iterator

import iop_fit
from iop_fit.errors import IopFitError

__all__ = ["python_api"]


def python_api() -> str:
    """Return each name that `import iop_fit` offers, with its signature, docstring and fields."""
    names = [name for name in iop_fit.__all__ if not name.startswith("_")]
    functions = [name for name in names if inspect.isfunction(getattr(iop_fit, name))]
    types = [name for name in names if name not in functions]
    return "\n" + "\n".join(described(name) for name in [*functions, *types]) + "\n"


def described(name: str) -> str:
    """Return one public name with what it takes and what its docstring says."""
    thing = getattr(iop_fit, name)
    docstring = inspect.cleandoc(thing.__doc__)
    if inspect.isfunction(thing):
        return f"### `{name}`\n\n```text\n{signature(name, thing)}\n```\n\n{docstring}\n"
    kind = "exception" if issubclass(thing, IopFitError) else "class"
    members = [each for each in public_members(thing) if each not in vars(object)]
    offered = "\n\nIt has " + ", ".join(f"`{each}`" for each in members) + "." if members else ""
    return f"### `{name}` ({kind})\n\n{docstring}{offered}\n"


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
    """Yield the fields of a class, then its public methods."""
    fields = [each for each in inspect.get_annotations(thing) if not each.startswith("_")]
    yield from fields
    yield from (
        each
        for each, value in vars(thing).items()
        if not each.startswith("_") and each not in fields and (callable(value) or isinstance(value, property))
    )
