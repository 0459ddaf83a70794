"""Read the files of a questionnaire: a folder with its manifest and the files listed there, or one file."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.data_folder import data_folder
from iop_fit.files.parsing.file_kinds import FileKind, check_kind
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.files.reading import is_dir, names_in, read_discovered, read_text
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["DEFAULT", "MANIFEST", "QuestionnaireSource", "bundled", "bundled_examples", "digest_of", "read_source"]

MANIFEST = "questionnaire.yaml"
"""The name of the file in a folder that lists the others."""
SUFFIXES = (".yaml", ".yml")


class QuestionnaireSource(NamedTuple):
    """The files of a questionnaire as nodes, in order, with the problems in reading them."""

    head: Node
    parts: tuple[Node, ...]
    digest: str
    problems: tuple[Problem, ...]
    names: tuple[str, ...]
    """The names of all files, in order, including unreadable ones."""
    all_read: bool
    texts: Mapping[str, str] = {}
    """The texts of the files that were read, by name."""


def read_source(path: Path) -> QuestionnaireSource:
    """Read a questionnaire from a folder or one file; raises `IopFitError` if not even its head is readable."""
    folder = path if is_dir(path) else None
    head_path = _manifest_in(folder) if folder else path
    text = read_discovered(head_path) if folder else read_text(head_path)
    head = read_nodes(text, str(head_path))
    problems = Problems()
    listed = tuple(_listed_files(head))
    if folder:
        problems.extend(_unlisted(folder, {name.text for name in listed}))
    elif listed:
        message = "This file lists other files, so it can't be read alone."
        raise IopFitError([_problem(Code.FILES_IN_A_FILE, listed[0].place, message, "Name its folder instead.")])
    texts, parts = {str(head_path): text}, []
    read = {MANIFEST}
    for name in listed if folder else ():
        if name.text in read:
            problems.append(
                _problem(Code.FILE_TWICE, name.place, f"{quote(name.text)} is already loaded.", "Remove this entry.")
            )
            continue
        read.add(name.text)
        try:
            part = _read_part(path, name)
            part_name = str(path / name.text)
            texts[part_name] = part
            _check_size(texts.values(), name)
            node = read_nodes(part, part_name)
            check_kind(node, part_name, FileKind.PART, FileKind.QUESTIONNAIRE)
            parts.append(node)
        except IopFitError as error:
            problems.extend(error.problems)
    names = (str(head_path), *(str(path / name.text) for name in listed))
    all_read = not folder or len(parts) == len(listed)
    return QuestionnaireSource(head, tuple(parts), digest_of(texts.values()), tuple(problems), names, all_read, texts)


def _manifest_in(folder: Path) -> Path:
    path = folder / MANIFEST
    if not path.exists():
        message = f"This folder has no {MANIFEST}, so it is not a questionnaire."
        hint = "Name a folder that has one, or a questionnaire file."
        raise IopFitError([_problem(Code.NO_HEAD, Place(str(folder)), message, hint)])
    return path


def _listed_files(head: Node) -> Iterable[ScalarNode]:
    files = head.get("files") if isinstance(head, MappingNode) else None
    nodes = files.nodes if isinstance(files, SequenceNode) else ()
    return (node for node in nodes if isinstance(node, ScalarNode) and node.text)


def _read_part(folder: Path, name: ScalarNode) -> str:
    if Path(name.text).name != name.text or not name.text.endswith(SUFFIXES):
        message = f"{quote(name.text)} is not the name of a YAML file in this folder."
        raise IopFitError(
            [_problem(Code.BAD_FILE_NAME, name.place, message, "Write only the file name, without folders.")]
        )
    if not _exists(folder / name.text):
        message = f"The file {quote(name.text)} is listed here, but does not exist in this folder."
        raise IopFitError(
            [_problem(Code.LISTED_FILE_MISSING, name.place, message, "Remove it from the list, or add the file.")]
        )
    return read_discovered(folder / name.text)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # such as a name that is too long
        return False


def _check_size(texts: Iterable[str], name: ScalarNode) -> None:
    if sum(map(len, texts)) > MAX_BYTES:
        message = f"With {quote(name.text)}, the files of this questionnaire have more than {MAX_BYTES:,} characters."
        hint = "A questionnaire is much smaller than that. Is it the right folder?"
        raise IopFitError([_problem(Code.TOO_LARGE, name.place, message, hint)])


def _unlisted(folder: Path, listed: set[str]) -> Iterable[Problem]:
    names: list[str] = []
    with suppress(IopFitError):  # the listed files may be readable all the same
        names = names_in(folder)
    for name in names:
        if name.endswith(SUFFIXES) and name not in {MANIFEST, *listed}:
            message = f"This file is not listed under `files:` in {MANIFEST}, so it would be ignored."
            hint = "List it, or move it out of the folder."
            yield _problem(Code.UNLISTED_FILE, Place(str(folder / name)), message, hint)


def digest_of(texts: Iterable[str]) -> str:
    """Return the SHA-256 digest of the texts; it ignores line endings, but not where one file ends."""
    whole = "\0".join(text.replace("\r\n", "\n").replace("\r", "\n") for text in texts)
    return f"sha256:{sha256(whole.encode()).hexdigest()}"


def _problem(code: Code, place: Place, message: str, hint: str = "") -> Problem:
    return Problem(code=code, place=place, message=message, hint=hint)


DEFAULT = "program-fit"


def bundled() -> Path:
    """Return the folder of the bundled questionnaire."""
    return Path(data_folder()) / "questions" / DEFAULT


def bundled_examples() -> Path:
    """Return the folder of the example people of the bundled questionnaire."""
    return Path(data_folder()) / "examples"
