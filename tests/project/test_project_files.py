"""Files for contributors and hosts agree with the project, and the walks of CONTRIBUTING.md work."""

import re
import shutil
import tomllib
from pathlib import Path
from textwrap import dedent, indent

import pytest
import yaml

import iop_fit
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.report.registry import Report
from iop_fit.version import VERSION
from support import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
MADE = {"yes_no.py", "to_org.py", "mine.yaml", "dist"}
"""Names of what the walks and a release make."""


def parsed(name: str) -> dict[str, object]:
    """Read a YAML file of the project; `on:` stays a text there."""
    loaded = yaml.load((ROOT / name).read_text(), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def snippets(kind: str) -> list[str]:
    return [dedent(text) for each, text in BLOCK.findall(CONTRIBUTING) if each == kind]


def test_citation_names_the_version_and_authors() -> None:
    cited = parsed("CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert (cited["cff-version"], cited["title"], cited["version"]) == ("1.2.0", PROJECT["name"], VERSION)
    assert (cited["authors"], cited["license"]) == (PROJECT["authors"], PROJECT["license"])


def test_workflow_runs_ci_on_every_classified_python() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]["check"]
    language = "Programming Language :: Python :: "
    classified = [each.removeprefix(language) for each in PROJECT["classifiers"] if each.startswith(language)]
    assert job["strategy"]["matrix"]["python"] == classified == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["requires-python"] == f">={classified[0]}"
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]


def test_metadata_names_status_and_no_unknown_host() -> None:
    assert "Development Status :: 3 - Alpha" in PROJECT["classifiers"]
    assert "urls" not in PROJECT
    assert len(PROJECT["description"]) <= 160


def test_precommit_hooks_are_local_and_use_the_venv() -> None:
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = {hook["id"]: hook for hook in repos[0]["hooks"]}
    assert set(hooks) == {"ruff-check", "ruff-format", "mypy"}
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    assert [hook["id"] for hook in hooks.values() if not hook["entry"].startswith(".venv/bin/")] == []


def docker_lines(word: str) -> list[list[str]]:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    return [line.split()[1:] for line in lines if line.startswith(f"{word} ")]


def test_dockerfile_copies_files_that_exist() -> None:
    copied = {source for *sources, _ in docker_lines("COPY") for source in sources}
    assert {"requirements/run.txt", "pyproject.toml", "src", "questions", "examples"} <= copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert {f"!{source}" for source in copied} <= set((ROOT / ".dockerignore").read_text().splitlines())


def test_dockerfile_pins_its_image_and_installs_by_hash() -> None:
    ((image,),) = docker_lines("FROM")
    assert re.fullmatch(r"python:\d+\.\d+-slim-\w+", image)
    assert all("--require-hashes" in line or "--no-index" in line for line in docker_lines("RUN")[:2])
    assert docker_lines("USER") == [["person"]]
    assert docker_lines("ENTRYPOINT") == [['["iop-fit"]']]


@pytest.mark.parametrize("name", ["bug", "questionnaire"])
def test_issue_template_warns_about_private_answers(name: str) -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text())
    assert {"name", "description", "body"} <= set(form)
    warning, *_, agreed = form["body"]
    assert "private answers" in warning["attributes"]["value"] or "answers of a real person" in str(warning)
    (option,) = agreed["attributes"]["options"]
    assert option == {"label": "This report contains no answers of a real person.", "required": True}


def test_issues_start_from_a_template() -> None:
    assert [path.stem for path in TEMPLATES] == ["bug", "config", "questionnaire"]
    assert parsed(".github/ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": "false"}


# CONTRIBUTING.md


def test_contributing_names_only_files_that_exist() -> None:
    folders = [ROOT, ROOT / "questions" / "program-fit"]
    named = re.findall(r"`(\.?[\w./-]+(?:\.(?:py|md|yaml|cff|json|sh)|/))`", CONTRIBUTING)
    named += [path for each in re.findall(r"pytest ([\w./ -]+)`", CONTRIBUTING) for path in each.split()]
    named = [name for name in named if Path(name).name not in MADE]
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
    assert len(named) >= 25


def test_contributing_names_only_targets_that_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make (\w+)", CONTRIBUTING, re.MULTILINE))
    assert {"golden", "docs", "pictures", "test", "dist"} <= named <= targets


def test_contributing_names_only_tests_that_exist() -> None:
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", CONTRIBUTING)
    assert [name for name in named if f"def {name}(" not in tests] == []
    assert len(named) >= 4


def test_contributing_is_short_and_has_four_walks() -> None:
    assert re.findall(r"^## Walk (\d): add a ", CONTRIBUTING, re.MULTILINE) == ["1", "2", "3", "4"]
    assert len(CONTRIBUTING.splitlines()) <= 195


def test_yaml_of_walks_fits_into_the_questionnaire(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "questions" / "program-fit", tmp_path / "program-fit")
    places = [("daily-life", "questions"), ("daily-life", "points"), ("alerts", "alerts"), ("alert-rules", "rules")]
    for (name, key), text in zip(places, snippets("yaml"), strict=True):
        path = folder / f"{name}.yaml"
        old = path.read_text()
        assert f"\n{key}:\n" in old
        path.write_text(old.replace(f"\n{key}:\n", f"\n{key}:\n{indent(text, '  ')}", 1))
    before, after = iop_fit.load(), iop_fit.load(folder)
    assert set(after.questions) - set(before.questions) == {"pets"}
    assert {rule.raises for rule in after.rules} - {rule.raises for rule in before.rules} == {"ask-about-medicine"}
    assert len(after.points) == len(before.points) + 1


def test_python_of_walks_defines_a_kind_and_a_format() -> None:
    *_, kind = snippets("python")
    made: dict[str, object] = {}
    exec(compile(kind, "yes_no.py", "exec"), made)
    assert isinstance(made["YesNoQuestion"], type)
    assert issubclass(made["YesNoQuestion"], OrdinalQuestion)
    line = next(each for each in snippets("text") if each.startswith("Report("))
    (report,) = eval(line, {"Report": Report})
    assert (report.name, report.suffix) == ("org", ".org")
