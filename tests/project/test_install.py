"""Wheel and editable install find the questionnaire; builds are reproducible and contain the tracked files."""

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.compiled import compiled
from iop_fit.loading.loader import load
from iop_fit.loading.questionnaire_files import bundled, read_source
from support import ROOT
from support.example_results import counted

EXAMPLE = ROOT / "examples" / "steady-home.yaml"


class Environment:
    """A new virtual environment that shares the libraries of the test environment, but not iop-fit."""

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
        return Path(self.printed("bundled()", folder))

    def printed(self, expression: str, folder: Path) -> str:
        """Return what Python prints for an expression about the bundled questionnaire."""
        modules = {"compiled": "read_compiled", "loader": "load_questionnaire", "questionnaire_files": "bundled"}
        imports = [f"from iop_fit.loading.{module} import {name}" for module, name in modules.items()]
        code = "; ".join([*imports, f"print({expression})"])
        python = [str(self.scripts / "python"), "-c", code]
        done = subprocess.run(python, capture_output=True, text=True, check=True, cwd=folder, env=self.environment)
        return done.stdout.strip()


def tracked() -> list[str]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in names.split("\0") if name and (ROOT / name).is_file()]


def copied(folder: Path, names: Iterable[str], *, mode: int = 0o644, day: int | None = None) -> Path:
    """Copy the tracked files, so that building leaves nothing in the tree."""
    for name in names:
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
        copy.chmod(mode)
        if day is not None:
            os.utime(copy, (day * 86400, day * 86400))
    return folder


def litter(source: Path) -> None:
    """Create ignored files in each packaged folder."""
    for place in ("src/iop_fit", "src/iop_fit/report", "questions/program-fit", "examples", "tests", "docs"):
        for name in (
            "__pycache__/x.cpython-311.pyc",
            "demo/mine.html",
            "build/x.py",
            ".venv/pyvenv.cfg",
            ".mypy_cache/x",
        ):
            (source / place / name).parent.mkdir(parents=True, exist_ok=True)
            (source / place / name).write_text("Nobody else should read this.")


@dataclass(frozen=True)
class Built:
    wheel: bytes
    archive: bytes


def build(source: Path, into: Path, *, umask: int = 0o022, **environment: str) -> Built:
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(into)],
        capture_output=True,
        text=True,
        check=False,
        cwd=source,
        env={**inherited, **environment},
        umask=umask,
    )
    assert done.returncode == 0, done.stderr
    return Built(wheel=only(into, "*.whl").read_bytes(), archive=only(into, "*.tar.gz").read_bytes())


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def pip_wheel(source: Path, into: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--no-index"]
    pip += ["--no-build-isolation", "--wheel-dir", str(into), str(source)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return only(into, "*.whl")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built")


@pytest.fixture(scope="module")
def built(work: Path) -> Built:
    return build(copied(work / "one", tracked()), work / "from-one")


@pytest.fixture(scope="module")
def built_elsewhere(work: Path) -> Built:
    """A build with everything different from `built` that may differ between two computers."""
    source = copied(work / "another földer", reversed(tracked()), mode=0o600, day=12_000)
    litter(source)
    other = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(work), "USER": "somebody"}
    return build(source, work / "from-another", umask=0o077, SOURCE_DATE_EPOCH="1580601600", **other)


@pytest.fixture(scope="module")
def wheel(work: Path, built: Built) -> Path:
    """The wheel that pip builds from the source archive."""
    assert built.archive
    return pip_wheel(only(work / "from-one", "*.tar.gz"), work / "from-archive")


def test_wheel_and_archive_are_reproducible(built: Built, built_elsewhere: Built) -> None:
    assert names_in(built.wheel) == names_in(built_elsewhere.wheel)
    assert hashlib.sha256(built.wheel).hexdigest() == hashlib.sha256(built_elsewhere.wheel).hexdigest()
    assert hashlib.sha256(built.archive).hexdigest() == hashlib.sha256(built_elsewhere.archive).hexdigest()


def test_wheel_is_the_same_from_archive_and_tree(built: Built, wheel: Path) -> None:
    assert names_in(built.wheel) == names_in(wheel.read_bytes())
    assert hashlib.sha256(built.wheel).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()


def names_in(wheel: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(wheel)).namelist()


def test_wheel_contains_tracked_files_and_metadata(built: Built) -> None:
    code = [name.removeprefix("src/") for name in tracked() if name.startswith("src/iop_fit/")]
    data = [f"iop_fit/{name}" for name in tracked() if name.startswith(("questions/", "examples/"))]
    data = [name for name in data if not name.startswith("iop_fit/examples/python/")]
    own = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"]
    names = names_in(built.wheel)
    data.append(COMPILED)
    shared = info_folder(names).replace(".dist-info", ".data") + f"/data/{MAN_PAGE}"
    assert sorted(names) == sorted([*code, *data, shared, *(f"{info_folder(names)}/{name}" for name in own)])


COMPILED = "iop_fit/questions/program-fit.json"
"""The compiled questionnaire, the only file of the wheel that is made when it is built."""
MAN_PAGE = "share/man/man1/iop-fit.1"
"""Where the man page is installed, below the environment."""


def info_folder(names: list[str]) -> str:
    (folder,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
    return folder


def test_archive_contains_tracked_files_and_metadata(built: Built) -> None:
    expected = [name for name in tracked() if name != ".gitattributes"]
    with tarfile.open(fileobj=io.BytesIO(built.archive)) as archive:
        members = archive.getmembers()
    assert sorted(each.name.split("/", 1)[1] for each in members) == sorted([*expected, "PKG-INFO"])
    assert {(each.mode, each.uid, each.gid, each.uname, each.gname) for each in members} == {(0o644, 0, 0, "", "")}


def test_wheel_files_match_git_and_their_record(built: Built) -> None:
    with zipfile.ZipFile(io.BytesIO(built.wheel)) as archive:
        members = archive.infolist()
        contents = {each.filename: archive.read(each) for each in members}
    rights_and_times = {(each.external_attr >> 16 & 0o777, each.date_time) for each in members}
    assert rights_and_times == {(0o644, (2020, 2, 2, 0, 0, 0))}
    record = f"{info_folder(list(contents))}/RECORD"
    rows = {name: (digest, size) for name, digest, size in csv.reader(contents[record].decode().splitlines())}
    assert rows == {name: ("", "") if name == record else recorded(content) for name, content in contents.items()}
    for name, content in contents.items():
        if name == COMPILED:
            files = [Path(each).name for each in read_source(bundled()).names]
            assert content.decode() == compiled(load(), files)
        elif name.startswith("iop_fit/"):
            inside = name.removeprefix("iop_fit/")
            original = ROOT / (inside if inside.startswith(("questions/", "examples/")) else f"src/{name}")
            assert content == original.read_bytes(), name
        elif name.endswith(MAN_PAGE):
            assert content == (ROOT / "docs" / "man" / "iop-fit.1").read_bytes()


def recorded(content: bytes) -> tuple[str, str]:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"sha256={digest}", str(len(content))


def test_builds_contain_no_local_paths(work: Path, built_elsewhere: Built) -> None:
    with zipfile.ZipFile(io.BytesIO(built_elsewhere.wheel)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(fileobj=io.BytesIO(built_elsewhere.archive)) as archive:
        contents |= {each.name: opened.read() for each in archive if (opened := archive.extractfile(each))}
    for place in (work, ROOT, Path(sys.prefix), Path.home()):
        assert [name for name, content in contents.items() if f"{place}/".encode() in content] == [], place


def test_wheel_includes_the_questionnaire(wheel: Path, tmp_path: Path, questionnaire: Questionnaire) -> None:
    environment = Environment(tmp_path / "environment")
    environment.pip_install(str(wheel))
    assert environment.where(tmp_path).is_relative_to(tmp_path / "environment")
    assert environment.printed("read_compiled(bundled()) == load_questionnaire(bundled())", tmp_path) == "True"
    assert environment.run("assess", "--answers", str(EXAMPLE), "--format", "json", folder=tmp_path)
    assert environment.run("hotlines", folder=tmp_path)
    assert environment.run("new", "mine.yaml", folder=tmp_path) == ""
    assert environment.run("check", "mine.yaml", folder=tmp_path)
    assert counted(questionnaire) in environment.run("check", folder=tmp_path)


def test_editable_install_uses_the_source_tree(tmp_path: Path) -> None:
    source = copied(tmp_path / "source", tracked())
    environment = Environment(tmp_path / "environment")
    environment.pip_install("--editable", str(source))
    assert environment.where(tmp_path) == source / "questions" / "program-fit"
    assert environment.printed("read_compiled(bundled())", tmp_path) == "None"
    head = source / "questions" / "program-fit" / "questionnaire.yaml"
    head.write_text(head.read_text().replace("title: ", "title: Changed. ", 1))
    assert environment.run("questions", folder=tmp_path).startswith("Changed. ")
