"""The bundled questionnaire in one file of the wheel, which is read in an eighth of the time of its YAML files.

Each row of the file is a value: the name of its type and its parts, which are the numbers of earlier rows if the type
holds other values. Equal values are one row, and the last row is the questionnaire.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from iop_fit.domain import care_option, condition, guidance, question, questionnaire, wording
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.files.reading import names_in, read_discovered
from iop_fit.loading.questionnaire_files import digest_of

__all__ = ["compiled", "read_compiled"]

SIMPLE = (str, int, float, bool, date, type(None))
"""Types whose values, and those of their subclasses, hold no others."""
MODULES = (care_option, condition, guidance, question, questionnaire, wording)
PUBLIC = (getattr(module, name) for module in MODULES for name in module.__all__)
KNOWN = (*SIMPLE, tuple, frozenset, *KINDS.values(), *PUBLIC)
TYPES: dict[str, Any] = {each.__name__: each for each in KNOWN if isinstance(each, type)}


def compiled(loaded: Questionnaire, files: Iterable[str]) -> str:
    """Return the content of the one file: the same on every computer. `files` are the names of the others, in order."""
    rows: dict[str, int] = {}

    def number(value: object) -> int:
        row = json.dumps([type(value).__name__, *_parts(value, number)], ensure_ascii=False)
        return rows.setdefault(row, len(rows))

    number(loaded)
    head = json.dumps({"files": [*files], "digest": loaded.digest})
    return f'{{"made from": {head}, "rows": [\n' + ",\n".join(rows) + "\n]}\n"


def _parts(value: object, number: Callable[[object], int]) -> Iterable[object]:
    match value:
        case None:
            return ()
        case wording.Wording():
            return value.me, value.someone
        case date():
            return value.year, value.month, value.day
        case str() | int() | float():
            return (value,)
        case frozenset():  # options or sets of options; sorted, because the order of a set differs between processes
            return map(number, sorted(value, key=lambda each: each if isinstance(each, tuple) else sorted(each)))
        case tuple():
            return map(number, value)
        case _:
            return (number(getattr(value, each.name)) for each in fields(value))  # type: ignore[arg-type]  # a dataclass


def read_compiled(folder: Path) -> Questionnaire | None:
    """Return the questionnaire of a folder from the one file beside it.

    Returns None if there is no such file, or if it was made from other files than those in the folder now.
    """
    try:
        content = json.loads(folder.with_suffix(".json").read_bytes())
        names = content["made from"]["files"]
        texts = [read_discovered(folder / name) for name in names]
        unchanged = {*names} == {*names_in(folder)} and digest_of(texts) == content["made from"]["digest"]
    except (OSError, ValueError, IopFitError):
        return None
    return _made_of(content["rows"]) if unchanged else None


def _made_of(rows: Iterable[list[Any]]) -> Questionnaire:
    simple = {kind for kind in TYPES.values() if issubclass(kind, SIMPLE)}
    by_name = {kind: [each.name for each in fields(kind)] for kind in (*KINDS.values(), Questionnaire)}
    values: list[Any] = []
    for name, *parts in rows:
        kind = TYPES[name]
        held = parts if kind in simple else [values[part] for part in parts]
        if kind in simple:
            values.append(kind(*held))
        elif kind in by_name:
            values.append(kind(**dict(zip(by_name[kind], held, strict=True))))
        else:
            values.append(getattr(kind, "_make", kind)(held))
    made: Questionnaire = values[-1]
    return made
