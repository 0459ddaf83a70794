"""The SQL that makes people up: one row a person, with the answers in the columns that `score` reads.

The SQL is a chain of selects, as for scoring. The questions come in groups, each after the answers that it depends on:

    rows -> traits -> draws -> trouble -> habits -> (gates -> cells -> options -> codes) for each group -> people
"""

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.tables import FileFormat
from iop_fit.scoring.layout import ABOUT, ID, collected
from iop_fit.scoring.population.chances import drawn_option
from iop_fit.scoring.population.draws import Draws
from iop_fit.scoring.population.groups import Groups
from iop_fit.scoring.population.person import DRINKS, OTHER_DRUG, TROUBLE, Person
from iop_fit.scoring.population.rows import numbered_rows, trait_stages
from iop_fit.scoring.population.traits import TRAITS
from iop_fit.scoring.population.use_chances import OTHER_DRUGS, drinks, trouble
from iop_fit.scoring.sql.compiler import Compiled, Stage
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["column_names", "population_query"]


def column_names(questionnaire: Questionnaire) -> list[str]:
    """Return the columns of the table: those of `score --template`, and one for each trait."""
    return [ID, ABOUT, *(question.id for question in collected(questionnaire)), *TRAITS]


def population_query(
    questionnaire: Questionnaire, number: int, seed: int, file_format: FileFormat = FileFormat.PARQUET
) -> str:
    """Return the SQL that makes so many people up, in the columns of `column_names`.

    Raises `IopFitError` if the questionnaire asks what there are no chances for.
    """
    draws = Draws(seed)
    person, groups = Person(draws, {}), Groups(questionnaire, draws)
    traits = ((DUCKDB.name(trait), DUCKDB.name(trait)) for trait in TRAITS)
    stages = [
        Stage("trouble", (*person.known().items(), (TROUBLE, trouble(person).sql))),
        Stage("habits", ((DRINKS, drinks(person).sql), (OTHER_DRUG, drawn_option("other", OTHER_DRUGS, draws)))),
        *groups.stages(),
        Stage("people", ((ID, ID), (f'"{ABOUT}"', "about"), *groups.results(file_format), *traits), only=True),
    ]
    drawn = Stage("draws", tuple(draws.columns()))  # after the stages above asked for theirs
    return Compiled((*trait_stages(draws), drawn, *stages), {}).reading(numbered_rows(number))
