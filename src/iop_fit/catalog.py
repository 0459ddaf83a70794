"""Where the bundled questionnaire and its examples lie."""

from pathlib import Path

__all__ = ["DEFAULT", "bundled", "bundled_examples"]

DEFAULT = "program-fit"


def bundled(name: str = DEFAULT) -> Path:
    """Return the folder of a bundled questionnaire."""
    return _root() / "questions" / name


def bundled_examples() -> Path:
    """Return the folder of the example people of the bundled questionnaire."""
    return _root() / "examples"


def _root() -> Path:
    """Return what holds the bundled files.

    In a source tree they lie beside `src/`: an editable install leaves a copy beside the code that grows stale.
    """
    here = Path(__file__).resolve().parent
    root = here.parent.parent
    in_source_tree = here.parent.name == "src" and (root / "pyproject.toml").is_file()
    return root if in_source_tree else here
