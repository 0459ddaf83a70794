"""The wheel and the editable install both find the questionnaire, each built and installed as pip does it."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from conftest import ROOT

EXAMPLE = ROOT / "examples" / "steady-home.yaml"


class Place:
    """A new virtual environment; it borrows the libraries, but not iop-fit, of the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, symlinks=True)
        self.scripts = folder / "bin"
        self.environment = {"PYTHONPATH": sysconfig.get_path("purelib"), "PATH": "/usr/bin:/bin", "TERM": "dumb"}

    def pip_install(self, *what: str) -> None:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(self.scripts / "python")]
        offline = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
        done = subprocess.run(
            [*pip, "install", *offline, *what], capture_output=True, text=True, check=False, env=self.environment
        )
        assert done.returncode == 0, done.stderr

    def run(self, *arguments: str, folder: Path) -> str:
        done = subprocess.run(
            [str(self.scripts / "iop-fit"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=self.environment,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def where(self, folder: Path) -> Path:
        code = "from iop_fit.catalog import bundled; print(bundled())"
        python = [str(self.scripts / "python"), "-c", code]
        done = subprocess.run(python, capture_output=True, text=True, check=True, cwd=folder, env=self.environment)
        return Path(done.stdout.strip())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of what git tracks, so that building leaves nothing behind."""
    copy = tmp_path / "source"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    return copy


def test_wheel_carries_the_questionnaire(source: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    build += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    place = Place(tmp_path / "place")
    place.pip_install(str(wheel))
    assert place.where(tmp_path).is_relative_to(tmp_path / "place")
    assert place.run("assess", "--answers", str(EXAMPLE), "--format", "json", folder=tmp_path)
    assert place.run("lines", folder=tmp_path)
    assert place.run("new", "mine.yaml", folder=tmp_path) == ""
    assert place.run("check", "mine.yaml", folder=tmp_path)
    assert "97 rules, 27 alerts, 4 directions, 109 points, 42 examples" in place.run("check", folder=tmp_path)


def test_editable_install_finds_the_questionnaire_of_the_source_tree(source: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "place")
    place.pip_install("--editable", str(source))
    assert place.where(tmp_path) == source / "questions" / "program-fit"
    head = source / "questions" / "program-fit" / "questionnaire.yaml"
    head.write_text(head.read_text().replace("title: ", "title: Changed. ", 1))
    assert place.run("questions", folder=tmp_path).startswith("Changed. ")
