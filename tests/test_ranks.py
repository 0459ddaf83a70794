"""The journey of the data has one direction: a module imports only modules of a lower rank."""

import ast
from collections.abc import Iterator
from pathlib import Path

import iop_fit

RANKS = [
    {"words"},
    {"blocks", "catalog", "condition", "errors", "json_text", "key", "redaction", "report.glyphs", "version"},
    {"effort", "files", "locks", "nodes", "pages", "question", "stopping", "streams"},
    {"excerpt", "guidance", "json_source", "options", "private_files"},
    {"needs_index", "sheet_keys"},
    {"keys", "questionnaire", "source"},
    {
        "answers",
        "counting",
        "inputs",
        "joints",
        "listing",
        "outline_lines",
        "records",
        "texts",
        "unused",
        "ways",
    },
    {"decide", "graph", "places", "read_answers", "smallest", "validity", "whens"},
    {"interview", "read_questions", "review", "schema_conditions", "search", "statement", "whatif"},
    {"advice", "assessment", "idle", "read_guidance", "sheets"},
    {
        "assembly",
        "conclusion",
        "drafts",
        "expectations",
        "loader",
        "outline_answers",
        "outline_direction",
        "outline_points",
        "outline_why",
        "raising",
    },
    {"api", "introduction", "outline", "outline_conclusion", "outlook", "schema_structure", "screen"},
    {
        "question_page",
        "report.fhir_form",
        "report.fhir_narrative",
        "report.to_html",
        "report.to_json",
        "report.to_markdown",
        "report.to_pdf",
        "report.to_plain",
        "report.to_terminal",
        "schema",
        "showing",
    },
    {"report.fhir_questionnaire", "report.fhir_response", "statements"},
    {"check"},
    {"check_json", "check_text", "report.to_fhir"},
    {"authors", "formats", "leaving", "plain_screen", "rich_screen", "saved", "standard_output"},
    {"difference", "offer", "outline_saved", "prompt", "results", "terminal"},
    {"outline_changed", "requested"},
    {"outline_difference"},
    {"cli_authors", "commands", "revisit"},
    {"cli_lists"},
    {"cli_end"},
    {"cli"},
    {"", "__main__", "report"},
]
RANK = {module: rank for rank, modules in enumerate(RANKS) for module in modules}
SOURCE = Path(iop_fit.__file__).parent


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip("."): path
        for path in SOURCE.rglob("*.py")
    }


def imported_by(path: Path) -> Iterator[str]:
    """Name what a module imports of ours, type-only and in-function imports too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            if node.module and node.module.split(".")[0] == "iop_fit":
                yield node.module.removeprefix("iop_fit").removeprefix(".")
        elif isinstance(node, ast.Import):
            assert all(not name.name.startswith("iop_fit") for name in node.names), (
                f"{path.name} imports a whole module"
            )


def test_every_module_has_a_rank() -> None:
    assert set(modules()) == set(RANK)


def test_modules_import_only_lower_ranks() -> None:
    upward = [
        f"{module or '__init__'} (rank {RANK[module]}) imports {other} (rank {RANK[other]})"
        for module, path in modules().items()
        for other in imported_by(path)
        if RANK[other] >= RANK[module]
    ]
    assert upward == []


def test_the_core_reads_no_clock_environment_file_or_terminal() -> None:
    outside = {"os", "sys", "time", "random", "socket", "subprocess", "shutil", "tempfile", "urllib", "http", "getpass"}
    outside |= {"signal", "resource", "fcntl", "termios"}
    allowed = {
        "files": {"os"},
        "private_files": {"os"},
        "locks": {"fcntl", "os"},
        "streams": {"os", "signal", "termios"},
        "rich_screen": {"signal"},
        "stopping": {"resource", "signal"},
        "terminal": {"os", "sys"},
        "inputs": {"sys"},
        "standard_output": {"os", "sys", "shutil"},
        "commands": {"sys"},
        "cli_end": {"sys"},
        "__main__": {"os", "signal", "sys"},
    }
    found = {}
    for module, path in modules().items():
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            )
        }
        if names & outside:
            found[module] = names & outside
    assert found == allowed
