"""Where the bundled questionnaires lie."""

from pathlib import Path

__all__ = ["DEFAULT", "bundled"]

DEFAULT = "program-fit"


def bundled(name: str = DEFAULT) -> Path:
    """Return the folder of a bundled questionnaire.

    In a source tree it is the one beside `src/`: an editable install leaves a copy beside the code that grows stale.
    """
    here = Path(__file__).resolve().parent
    root = here.parent.parent
    in_source_tree = here.parent.name == "src" and (root / "pyproject.toml").is_file()
    return (root if in_source_tree else here) / "questions" / name
