"""All that is stated about every answer sheet of a questionnaire."""

from collections.abc import Iterable, Iterator

from iop_fit.answers import AnswerSheet
from iop_fit.questionnaire import Questionnaire
from iop_fit.raising import Raising
from iop_fit.showing import Showing
from iop_fit.statement import How, Statement, replayed

__all__ = ["statements_about"]


def statements_about(questionnaire: Questionnaire, known: Iterable[AnswerSheet] = ()) -> tuple[Statement, ...]:
    """State what holds for every whole sheet of a questionnaire; each witness has been decided on.

    Whole sheets that are known already spare some search.
    """
    return tuple(
        statement._replace(findings=tuple(replayed(questionnaire, finding) for finding in statement.findings))
        for statement in (*Raising(questionnaire).statements(), *Showing(questionnaire, known).statements(), *BUILT_IN)
    )


def _built_in() -> Iterator[Statement]:
    for code, sentence, because in (
        (
            "more-never-lowers",
            "More concern never lowers the direction, and never takes an alert away.",
            "A rule is a list of answers that fire it, and has no way to say `not`.",
        ),
        (
            "practical-changes-nothing",
            "No practical answer can change the direction or an alert.",
            "A rule that names one, or a need question that hangs on one, is refused.",
        ),
        (
            "private-changes-nothing-else",
            "No private answer can change anything but its own private alert.",
            "Only the rules of private alerts may name it, and nothing may hang on it.",
        ),
        (
            "every-question-asked",
            "Each question is asked after some answers.",
            "A question hangs on earlier ones alone, which are always asked and can be answered so.",
        ),
    ):
        yield Statement(code=code, sentence=sentence, how=How.BY_CONSTRUCTION, because=because)


BUILT_IN = tuple(_built_in())
