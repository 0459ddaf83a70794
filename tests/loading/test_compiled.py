"""The compiled questionnaire: equal to the one that is read from YAML, and used only for the files it was made from."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.loading.compiled import compiled, read_compiled
from iop_fit.loading.loader import load_questionnaire
from iop_fit.loading.questionnaire_files import bundled, read_source
from support import ROOT, UNMEASURED

SOUND = ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml"


def names_of(path: Path) -> list[str]:
    return [Path(name).name for name in read_source(path).names]


@pytest.fixture
def folder(tmp_path: Path, questionnaire: Questionnaire) -> Path:
    """A copy of the bundled questionnaire, with the compiled one beside it."""
    (tmp_path / "copy.json").write_text(compiled(questionnaire, names_of(bundled())), encoding="utf-8")
    return shutil.copytree(bundled(), tmp_path / "copy")


def test_compiled_questionnaire_is_equal(folder: Path, questionnaire: Questionnaire) -> None:
    made = read_compiled(folder)
    assert made == questionnaire
    assert made is not None
    for audience in Audience:
        assert made.worded_for(audience) == questionnaire.worded_for(audience)
    types = [[type(text) for text in rule] for rule in questionnaire.rules]
    assert [[type(text) for text in rule] for rule in made.rules] == types


@pytest.mark.parametrize("path", [*SOUND.parent.glob("*.yaml")], ids=lambda path: path.stem)
def test_any_questionnaire_is_equal_when_compiled(path: Path, tmp_path: Path) -> None:
    loaded = load_questionnaire(path)
    alone = tmp_path / "one"
    alone.mkdir()
    shutil.copy(path, alone / "questionnaire.yaml")
    (tmp_path / "one.json").write_text(compiled(loaded, ["questionnaire.yaml"]), encoding="utf-8")
    assert read_compiled(alone) == loaded


def test_compiled_questionnaire_of_other_files_is_not_used(folder: Path) -> None:
    before = read_compiled(folder)
    assert before
    (folder / "more.yaml").touch()
    assert read_compiled(folder) is None
    (folder / "more.yaml").rename(folder / ".more.yaml")
    assert read_compiled(folder) == before
    wishes = (folder / "wishes.yaml").read_text(encoding="utf-8")
    (folder / "wishes.yaml").write_text(f"{wishes}#\n", encoding="utf-8")
    assert read_compiled(folder) is None
    (folder / "wishes.yaml").unlink()
    assert read_compiled(folder) is None
    for damage in ("", "{"):
        folder.with_suffix(".json").write_text(damage, encoding="utf-8")
        assert read_compiled(folder) is None
    folder.with_suffix(".json").unlink()
    assert read_compiled(folder) is None


def test_compiled_questionnaire_is_the_same_in_every_process(questionnaire: Questionnaire) -> None:
    code = "import sys, iop_fit, iop_fit.loading.compiled as it; print(it.compiled(iop_fit.load(), sys.argv[1:]))"
    names = names_of(bundled())
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, *names],
            capture_output=True,
            check=True,
            env={**UNMEASURED, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        assert done.stdout.decode().rstrip() == compiled(questionnaire, names).rstrip()
