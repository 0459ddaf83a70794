"""The table of fields of answers files, examples and saved results."""

from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel
from iop_fit.domain.wording import Audience
from iop_fit.loading.fields import Field, FieldType, enum_values

__all__ = ["ANSWER_FIELDS", "READ_FORMATS", "RESULT_FORMAT"]

RESULT_FORMAT = "iop-fit result 2"
"""The name and version of the format of saved results."""

READ_FORMATS = ("iop-fit result 1", RESULT_FORMAT)
"""The formats that are read; the first one doesn't keep the words of its questions."""

PERSON = Field("person", FieldType.TEXT, "A description of the person, for human readers only.")
WHOM = "Whom the answers are about: the person answering, or someone else."
ANSWERS = Field("answers", FieldType.ANSWERS, "The answers, by question id.", required=True)
ASKED = Field("asked", FieldType.NOUNS, "The words in which the questions were asked.", noun="asked question")
CONCERN = "The level of concern of the area."

ANSWER_FIELDS: dict[str, tuple[Field, ...]] = {
    "example": (
        Field("id", FieldType.ID, "The id of the example.", required=True),
        PERSON,
        Field("for", FieldType.WORD, WHOM, words=enum_values(Audience)),
        ANSWERS,
        Field("expect", FieldType.NOUN, "The expected result.", required=True, noun="expectation"),
    ),
    "answers file": (
        PERSON,
        Field("questionnaire", FieldType.ID, "The id of the questionnaire that the answers are for."),
        Field("digest", FieldType.TEXT, "The digest of the questionnaire that a draft was started with."),
        Field("for", FieldType.WORD, WHOM, words=enum_values(Audience)),
        ANSWERS,
        ASKED,
        Field("expect", FieldType.NOUN, "The expected result, for examples.", noun="expectation"),
    ),
    "asked question": (
        Field("id", FieldType.ID, "The question's id.", required=True),
        Field("ask", FieldType.TEXT, "The question as it was asked.", required=True),
        Field("options", FieldType.NOUNS, "The options that it listed.", noun="asked option"),
        Field("unit", FieldType.TEXT, "What follows the number of the answer."),
    ),
    "asked option": (
        Field("id", FieldType.ID, "The option's id.", required=True),
        Field("label", FieldType.TEXT, "The option's label.", required=True),
    ),
    "expectation": (
        Field("direction", FieldType.ID, "The direction; left out if it is withheld."),
        Field("highest", FieldType.ID, "The highest direction in the range; left out if it is withheld."),
        Field("withheld by", FieldType.ID, "The id of the alert that withholds the direction."),
        Field("firm", FieldType.FLAG, "Whether the result is final whatever the skipped answers are.", required=True),
        Field("alerts", FieldType.IDS, "The ids of the raised alerts, most urgent first.", required=True),
        Field("open alerts", FieldType.IDS, "The alerts that skipped questions leave undecided.", required=True),
        Field("rules", FieldType.IDS, "The rules that fire; not checked if left out."),
    ),
    # Only the fields of a result that are read back: the answers, the questionnaire, and the outcome.
    "result": (
        Field("format", FieldType.TEXT, "The name and version of the file format.", required=True),
        Field("tool", FieldType.NOUN, "The program that wrote the file.", noun="program of a result"),
        Field(
            "questionnaire",
            FieldType.NOUN,
            "The questionnaire that the result was made with.",
            required=True,
            noun="questionnaire of a result",
        ),
        Field("private", FieldType.IDS, "The private questions and alerts in the file."),
        Field("assessed_on", FieldType.DAY, "The date of the assessment.", required=True),
        Field("for", FieldType.WORD, WHOM, required=True, words=enum_values(Audience)),
        ANSWERS,
        ASKED,
        Field(
            "alerts", FieldType.NOUNS, "The raised alerts, most urgent first.", required=True, noun="alert of a result"
        ),
        Field("direction", FieldType.NOUN, "The lowest direction in the range.", noun="direction of a result"),
        Field("withheld_by", FieldType.NOUN, "The alert that withholds the direction.", noun="reference of a result"),
        Field("firm", FieldType.FLAG, "Whether the result is final despite skipped questions.", required=True),
        Field("range", FieldType.NOUN, "The range of possible directions.", required=True, noun="range of a result"),
        Field("areas", FieldType.NOUNS, "The score and level of each area.", required=True, noun="area of a result"),
        Field("fired", FieldType.NOUNS, "The rules that fired.", noun="reason of a result"),
    ),
    "program of a result": (Field("version", FieldType.TEXT, "The version of the program.", required=True),),
    "questionnaire of a result": (
        Field("id", FieldType.ID, "The questionnaire's id.", required=True),
        Field("version", FieldType.TEXT, "The questionnaire's version.", required=True),
        Field("digest", FieldType.TEXT, "The digest of the questionnaire's files.", required=True),
    ),
    "alert of a result": (
        Field("id", FieldType.ID, "The alert's id.", required=True),
        Field("level", FieldType.WORD, "The alert's urgency.", required=True, words=enum_values(AlertLevel)),
        Field("title", FieldType.TEXT, "The title of the alert.", required=True),
    ),
    "reference of a result": (Field("id", FieldType.ID, "The id of the alert or direction.", required=True),),
    "reason of a result": (
        Field("raises", FieldType.ID, "The id of the alert or direction that the rule raises.", required=True),
        Field("because", FieldType.TEXT, "The reason.", required=True),
        Field("shown", FieldType.FLAG, "Whether a page gave it."),
    ),
    "range of a result": (
        Field("highest", FieldType.NOUN, "The highest direction in the range.", noun="direction of a result"),
    ),
    "direction of a result": (
        Field("id", FieldType.ID, "The direction's id.", required=True),
        Field("title", FieldType.TEXT, "The title of the direction.", required=True),
    ),
    "area of a result": (
        Field("id", FieldType.ID, "The section's id.", required=True),
        Field("title", FieldType.TEXT, "The title of the section.", required=True),
        *(
            Field(name, FieldType.WHOLE, "A whole number.", required=True)
            for name in ("score", "maximum", "answered", "asked")
        ),
        *(
            Field(name, FieldType.WORD, CONCERN, required=True, words=enum_values(AreaLevel))
            for name in ("level", "highest_level")
        ),
    ),
}
