"""What `score` is asked to do, with its files checked before any work."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from iop_fit.cli.scoring.counting import SummaryFiles
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place, Problem, collect_problems
from iop_fit.files.folder_writing import folder_target_problem, private_folder
from iop_fit.files.reading import read_text, same_file
from iop_fit.files.targets import target_problem
from iop_fit.files.writing import private_target
from iop_fit.problem_codes import Code
from iop_fit.scoring.counts.groups import Grouping
from iop_fit.scoring.engines.choice import DUCKDB, spark_master
from iop_fit.scoring.engines.tables import Table, format_of
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.mapping.column_mapping import NO_MAPPING, ColumnMapping
from iop_fit.scoring.mapping.reader import read_mapping

__all__ = ["ScoreRequest"]


class ScoreRequest(NamedTuple):
    """The options of `score`."""

    sheets: Path
    questionnaire: Questionnaire
    """The questions, with those about safety at home."""
    output: Path | None = None
    engine: str = DUCKDB
    replace: bool = False
    allow_shared: bool = False
    include_home_safety: bool = False
    mapping: Path | None = None
    against: Questionnaire | None = None
    """An older questionnaire to compare with."""
    grouping: Grouping = Grouping()
    summaries: SummaryFiles = SummaryFiles()

    def asked(self, questionnaire: Questionnaire) -> Questionnaire:
        """Return the questions whose answers are read."""
        return questionnaire if self.include_home_safety else questionnaire.public()

    def check_files(self) -> None:
        """Raise `IopFitError` if a file can't be written, or is one of the inputs."""
        with collect_problems() as problems:
            problems.extend(self.summaries.problems())
            if self.output:
                format_of(self.output)
                problems.extend(self._output_problems(self.output))

    def _output_problems(self, output: Path) -> Iterator[Problem]:
        if any(read and same_file(read, output) for read in (self.sheets, self.mapping)):
            message = "The output would replace this file, which is read."
            yield Problem(Code.OUTPUT_IS_INPUT, message, Place(str(output)), "Name another output.")
            return
        check = folder_target_problem if spark_master(self.engine) else target_problem
        unwritable = check(output, replace=self.replace, allow_shared=self.allow_shared)
        yield from [unwritable] if unwritable else []

    def target(self, output: Path) -> AbstractContextManager[Path]:
        """Return what yields a temporary file to fill, or a folder if the engine is Spark."""
        target = private_folder if spark_master(self.engine) else private_target
        return target(output, replace=self.replace, allow_shared=self.allow_shared)

    def read_mapping(self, table: Table) -> ColumnMapping:
        """Return what the mapping file says about a table; raises `IopFitError` with all problems in it."""
        if not self.mapping:
            return NO_MAPPING
        return read_mapping(read_text(self.mapping), str(self.mapping), self.questionnaire, table)

    def layout(self, table: Table, asked: Questionnaire, mapping: ColumnMapping) -> Layout:
        """Return the layout of a table for one questionnaire; answers to questions of either one are not copied."""
        both = (self.questionnaire, *([self.against] if self.against else []))
        known = frozenset(question for each in both for question in each.questions)
        return layout_of(table, asked, known.difference(asked.questions), mapping)
