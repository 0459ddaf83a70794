"""The fields of sections, questions and options."""

from iop_fit.domain.care_option import CareRow
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.kinds.ordinal import LEAST_FIRST, MOST_FIRST
from iop_fit.loading.fields.types import SOURCES, Field, FieldType, two_wordings
from iop_fit.text import join

__all__ = ["PAPER", "QUESTION_FIELDS"]

PAPER = "paper"
"""The use of a question whose answer is only printed."""

CARE_ROWS = tuple(f"`{row}`" for row in CareRow)

QUESTION_FIELDS: dict[str, tuple[Field, ...]] = {
    "section": (
        Field("section", FieldType.ID, "The id of the section.", required=True),
        Field("title", FieldType.TEXT, "The heading of the section.", required=True),
        Field(
            "kind",
            FieldType.WORD,
            "What its questions are about: need, practical life, or wishes (also practical).",
            required=True,
            words=("need", "practical", "wishes"),
            meanings=(
                "Safety, health, use, home and support: rules may name these answers.",
                "Work, money, travel: these answers choose points and wording, never a direction or an alert.",
                "What the person wants: practical, and results quote each option.",
            ),
        ),
        Field("levels", FieldType.LEVELS, "The lowest score of each level; levels are shown but raise nothing."),
        Field("questions", FieldType.NOUNS, "The questions, in order.", required=True, noun="question"),
        Field("points", FieldType.NOUNS, "Discussion points about its answers.", noun="point"),
    ),
    "question": (
        Field("id", FieldType.ID, "The id of the question.", required=True),
        Field(
            "kind",
            FieldType.WORD,
            "The type of question; the default is ranked.",
            words=tuple(KINDS),
            meanings=tuple(" ".join((kind.__doc__ or kind.answered_with).split()) for kind in KINDS.values()),
        ),
        Field("need", FieldType.FLAG, "Whether rules may name it; the default depends on its section."),
        Field(
            "topic",
            FieldType.TEXT,
            "A short name for reports; the default is the question itself.",
        ),
        *two_wordings("ask", "The question, addressed to the person.", required=True),
        *two_wordings("why", "Why the question is asked.", required=True),
        Field("lead-in", FieldType.ID, "The text that introduces it and its neighbors with the same lead-in."),
        Field(
            "options",
            FieldType.OPTIONS_OR_LIST,
            "The possible answers, or the id of an option list; if ranked or a number, from least to most concern.",
        ),
        Field(
            "use",
            FieldType.WORD,
            "`paper` if the answer is only printed: nothing may name the question, and it has no scores.",
            words=(PAPER,),
        ),
        Field(
            "listed",
            FieldType.WORD,
            "The order in which the options of a ranked question are listed; the default is least first.",
            words=(LEAST_FIRST, MOST_FIRST),
        ),
        Field(
            "none in brief",
            FieldType.TEXT,
            "For a `several` question: the answer that none apply, in a few words, as `in brief` of an option.",
        ),
        Field("at most", FieldType.WHOLE, "The most options that can be chosen, for a practical `several` question."),
        Field("up to", FieldType.NUMBER, "The largest number that a number question accepts."),
        Field("unit", FieldType.TEXT, "What a number question counts, as it follows a number, such as `drinks`."),
        Field("unit for one", FieldType.TEXT, "The unit after the number 1, such as `drink`."),
        Field("such as", FieldType.TEXT, "Numbers that a number question names as examples, such as `34`."),
        Field(
            "ask when",
            FieldType.CONDITIONS,
            "Ask the question if any of these conditions holds, where `all` joins several; the default is always.",
        ),
        Field("changeable", FieldType.FLAG, "Whether the person could change this answer within weeks."),
        Field(
            "goal",
            FieldType.ID,
            "For a changeable ranked question: the option with the least concern that may be called a goal.",
        ),
        Field("dimension", FieldType.WHOLE, "The provider's assessment dimension, from 1 to 6.", required=True),
        Field(
            "at a glance", FieldType.TEXT, "The line of the provider's overview for its answer, such as `Withdrawal`."
        ),
        Field("private", FieldType.FLAG, "Whether the answer is left out of files unless the person includes it."),
        Field("formerly", FieldType.IDS, "The ids of the questions of older editions that this one replaces."),
        SOURCES,
    ),
    "option list": (
        Field("id", FieldType.ID, "The id of the option list.", required=True),
        Field(
            "options",
            FieldType.OPTIONS,
            "The options; for ranked and number questions from least to most concern.",
            required=True,
        ),
    ),
    "lead-in": (
        Field("id", FieldType.ID, "The id of the lead-in.", required=True),
        *two_wordings("text", "What several questions have in common, such as the time they are about.", required=True),
    ),
    "option": (
        *two_wordings("label", "The text of the answer.", required=True),
        Field(
            "in brief",
            FieldType.TEXT,
            "The answer in a few words for the summary and the provider's overview; one wording for every reader.",
        ),
        *two_wordings("clause", 'The answer as a clause that can follow "if", for what would change the result.'),
        Field("from", FieldType.NUMBER, "The lowest number of the band, for a number question."),
        Field("score", FieldType.WHOLE, "The points it adds to the score of its section."),
        Field("eases", FieldType.ID, "The program that this answer makes easier to attend."),
        Field(
            "touches",
            FieldType.IDS,
            f"The rows of the described options that matter to whoever chose it: {join(CARE_ROWS)}.",
        ),
    ),
}
