"""Fill the generated parts of the documentation from the program: run by `make docs`.

A page holds each part between `<!-- generated: NAME -->` and `<!-- /generated -->`. With `--check`, write nothing, name
each page that is out of date, and exit with status 1 if there is one.
"""

import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from api_page import python_api
from man_page import man_page
from population_page import population_alerts, population_directions

import iop_fit
from iop_fit.cli.help.reference import ENVIRONMENT, EXIT_STATUSES
from iop_fit.domain.kinds import DEFAULT_KIND, KINDS
from iop_fit.loading.mapping_fields import MAPPING_FIELDS
from iop_fit.problem_codes import Code
from iop_fit.report.registry import REPORTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "iop_fit"
MAN_PAGE = DOCS / "man" / "iop-fit.1"
DAY = date(2026, 1, 2)
PART = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
RULE = "three-middle-signs"
"""The rule that the page for clinicians explains."""
PACKAGES = (
    *("files", "domain", "loading", "storage", "checking", "outline", "scoring", "report", "api", "interview", "cli"),
)
"""The packages in the order of the data."""


@cache
def help_of(*command: str) -> str:
    """Return what `--help` prints for a command, 80 columns wide."""
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.stdout


def command_names() -> list[str]:
    """Return the commands that `iop-fit --help` lists, in its order."""
    listed = help_of().split("Commands:\n")[1].split("\n\n")[0]
    return re.findall(r"^  (\w+)  ", listed, re.MULTILINE)


def commands() -> str:
    """Return the help of every command."""
    pages = [f"## `iop-fit`\n\n```text\n{help_of()}```\n"]
    pages += [f"## `iop-fit {name}`\n\n```text\n{help_of(name)}```\n" for name in command_names()]
    return "\n" + "\n".join(pages) + "\n"


def environment() -> str:
    """Return the table of environment variables."""
    rows = [
        f"| {', '.join(f'`{each}`' for each in names.split(', '))} | {text} |" for names, text in ENVIRONMENT.items()
    ]
    return table("variable | effect", rows)


def exit_statuses() -> str:
    """Return the table of exit statuses."""
    return table("status | when", [f"| {status} | {text} |" for status, text in EXIT_STATUSES.items()])


def output_of(*command: str) -> str:
    """Return what a command prints, as a block of JSON."""
    done = subprocess.run([sys.executable, "-m", "iop_fit", *command], capture_output=True, text=True, check=True)
    return f"```json\n{done.stdout}```\n"


def hotlines_example() -> str:
    """Return the numbers of a small questionnaire as JSON."""
    return output_of("hotlines", "--questions", str(ROOT / "tests/questionnaires/valid/sound.yaml"), "--format", "json")


def comparison_example() -> str:
    """Return the comparison of two example people as JSON."""
    with TemporaryDirectory() as folder:
        results = [Path(folder, f"{name}.json") for name in ("everyday-drinking", "steady-home")]
        for path in results:
            sheet = iop_fit.load_answers(ROOT / "examples" / f"{path.stem}.yaml", iop_fit.load())
            path.write_bytes(iop_fit.export(iop_fit.assess(iop_fit.load(), sheet, on=DAY), "json"))
        text = output_of("compare", *map(str, results), "--format", "json")
    comparison = json.loads(text.removeprefix("```json\n").removesuffix("```\n"))
    comparison["changed"] = comparison["changed"][:2]
    return f"```json\n{json.dumps(comparison, indent=2)}\n```\n"


def mapping_keys() -> str:
    """Return the table of the keys of a mapping file."""
    return table("key | meaning", [f"| `{key.name}` | {key.about} |" for key in MAPPING_FIELDS["mapping"]])


def file_formats() -> str:
    """Return the table of formats."""
    rows = [
        f"| `{name}` | `{report.suffix}` | `{report.media_type}` | {report.about} |" for name, report in REPORTS.items()
    ]
    return table("format | file name ends in | media type | what it is for", rows)


def codes_by_section() -> dict[str, list[Code]]:
    """Return the problem codes below each heading of their module, in its order."""
    sections: dict[str, list[Code]] = {}
    title = ""
    for line in inspect.getsource(Code).splitlines():
        if heading := re.fullmatch(r"    # (\w.*)", line):
            title = heading[1]
        elif member := re.match(r"    ([A-Z][A-Z_\d]*) = ", line):
            sections.setdefault(title, []).append(Code[member[1]])
    assert [code for codes in sections.values() for code in codes] == [*Code]
    return sections


def problem_codes() -> str:
    """Return a table for each kind of problem that ends a command."""
    sections = {title: codes for title, codes in codes_by_section().items() if "`check`" not in title}
    tables = (
        f"## {title}\n\n" + table("code | exit status", [f"| `{code}` | {code.exit_status} |" for code in codes])
        for title, codes in sections.items()
    )
    return "\n" + "\n".join(tables) + "\n"


def packages() -> str:
    """Return the tree of the source folders, each with the first sentence of its docstring."""
    width = max(map(len, PACKAGES)) + 2
    lines = (f"  {each + '/':{width}} {first_sentence(SOURCE / each / '__init__.py')}\n" for each in PACKAGES)
    return "```text\nsrc/iop_fit/\n" + "".join(lines) + "```\n"


def modules() -> str:
    """Return a table of each package's modules."""
    tables = []
    for package in ("", *PACKAGES):
        paths = [path for path in sorted((SOURCE / package).glob("*.py")) if path.stem != "__init__"]
        paths += sorted((SOURCE / package).glob("*/*.py")) if package else []
        rows = [
            f"| `{path.relative_to(SOURCE / package).with_suffix('')}` | {first_sentence(path)} |"
            for path in paths
            if path.stem != "__init__"
        ]
        tables.append(f"### `iop_fit{'/' + package if package else ''}`\n\n" + table("module | what it holds", rows))
    return "\n" + "\n".join(tables) + "\n"


def first_sentence(path: Path) -> str:
    """Return the first paragraph of a module's docstring, on one line."""
    found = re.match(r'"""(.*?)(?:"""|\n\n)', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found, path
    return " ".join(found[1].split())


def rule() -> str:
    """Return one rule of the bundled questionnaire, as its file has it."""
    lines = (ROOT / "questions" / "program-fit" / "directions.yaml").read_text(encoding="utf-8").splitlines()
    first = lines.index(f"  - id: {RULE}")
    count = next(number for number, line in enumerate(lines[first:]) if not line)
    return "```yaml\n" + "\n".join(line[2:] for line in lines[first : first + count]) + "\n```\n"


def result_keys() -> str:
    """Return a table of the keys of a JSON result, from its schema."""
    schema = json.loads((DOCS / "reference" / "result.schema.json").read_text(encoding="utf-8"))
    return table(
        "key | what it holds", [f"| `{name}` | {node['description']} |" for name, node in schema["properties"].items()]
    )


def result_example() -> str:
    """Return a JSON result, shortened."""
    questionnaire = iop_fit.load()
    sheet = iop_fit.load_answers(ROOT / "examples" / "for-a-brother.yaml", questionnaire)
    result = json.loads(iop_fit.render(iop_fit.assess(questionnaire, sheet, on=DAY), "json"))
    text = json.dumps(shortened(result), ensure_ascii=False, indent=2)
    return f"```json\n{text.replace(result['questionnaire']['digest'], 'sha256:…')}\n```\n"


def shortened(value: object) -> object:
    """Keep of every list, and of the answers, the first entry of each kind."""
    match value:
        case list():
            first = {kind_of(inner): shortened(inner) for inner in reversed(value)}
            return [*reversed(first.values())]
        case dict():
            return {name: shortened(few(inner) if name == "answers" else inner) for name, inner in value.items()}
        case _:
            return value


def few(answers: object) -> object:
    """Keep the first answer of each kind."""
    if not isinstance(answers, dict):
        return answers
    first = {kind_of(answer): name for name, answer in reversed(answers.items())}
    return {name: answer for name, answer in answers.items() if name in first.values()}


def kind_of(value: object) -> object:
    """Return what tells one kind of entry from another."""
    return frozenset(value) if isinstance(value, dict) else (type(value), bool(value))


def table(header: str, rows: list[str]) -> str:
    """Return a Markdown table."""
    line = "|" + "---|" * (header.count("|") + 1)
    return "\n".join([f"| {header} |", line, *rows]) + "\n"


def kinds() -> str:
    """Return the table of the kinds of question."""
    rows = []
    for name, kind in KINDS.items():
        described = " ".join((kind.__doc__ or "").split()).removesuffix(".")
        allowed = ("a rule" if kind.may_raise else "a point") + f", with `{kind.test}`" if kind.test else "nothing"
        rows.append(f"| `{name}`{', the default' if name == DEFAULT_KIND else ''} | {described} | {allowed} |")
    return table("`kind` | how it is answered | what may name it", rows)


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "environment": environment,
    "exit-statuses": exit_statuses,
    "hotlines-example": hotlines_example,
    "comparison-example": comparison_example,
    "file-formats": file_formats,
    "mapping-keys": mapping_keys,
    "problem-codes": problem_codes,
    "python-api": python_api,
    "kinds": kinds,
    "packages": packages,
    "modules": modules,
    "rule": rule,
    "result-keys": result_keys,
    "result-example": result_example,
    "population-directions": population_directions,
    "population-alerts": population_alerts,
}
"""Each generated part by the name in its marker."""


def regenerated(text: str) -> str:
    """Return a page with every generated part made anew."""
    return PART.sub(lambda found: found[1] + PARTS[found[2]]() + found[3], text)


def main() -> int:
    """Write each page that is out of date, or with `--check` only name it; return the exit status."""
    check, stale = "--check" in sys.argv[1:], 0
    for path in (*sorted(DOCS.rglob("*.md")), MAN_PAGE):
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = man_page() if path == MAN_PAGE else regenerated(old)
        if new == old:
            continue
        stale += 1
        print(f"{'Out of date' if check else 'Written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(new, encoding="utf-8")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
