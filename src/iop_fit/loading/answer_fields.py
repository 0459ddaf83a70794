"""The keys of what holds answers: answers files, the examples of a questionnaire, and results."""

from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel, Audience
from iop_fit.loading.fields import Field, FieldType, enum_values

__all__ = ["ANSWER_FIELDS", "RESULT_FORMAT"]

RESULT_FORMAT = "iop-fit result 1"
"""What a saved result calls its format, with the number of that format."""

PERSON = Field("person", FieldType.TEXT, "Who this is, in a sentence; read by nobody but people.")
WHOM = "Whether the answers are about oneself or about someone else."
CONCERN = "How much concern its answers add up to."

ANSWER_FIELDS: dict[str, tuple[Field, ...]] = {
    "example": (
        Field("id", FieldType.ID, "The example's id.", required=True),
        PERSON,
        Field("for", FieldType.WORD, WHOM, words=enum_values(Audience)),
        Field("answers", FieldType.ANSWERS, "The answers by question id.", required=True),
        Field("expect", FieldType.NOUN, "What the result must be.", required=True, noun="expectation"),
    ),
    "answers file": (
        PERSON,
        Field("questionnaire", FieldType.ID, "The id of the questionnaire that these are answers to."),
        Field("digest", FieldType.TEXT, "The digest of the questionnaire that a draft was begun with."),
        Field("for", FieldType.WORD, WHOM, words=enum_values(Audience)),
        Field("answers", FieldType.ANSWERS, "The answers by question id.", required=True),
        Field("expect", FieldType.NOUN, "What the result must be; for examples.", noun="expectation"),
    ),
    "expectation": (
        Field("direction", FieldType.ID, "The direction; left out when it is withheld."),
        Field("highest", FieldType.ID, "The highest end of the range; left out when it is withheld."),
        Field("withheld by", FieldType.ID, "The alert that withholds the direction."),
        Field("firm", FieldType.FLAG, "Whether no skipped question could change the result.", required=True),
        Field("alerts", FieldType.IDS, "The raised alerts, strongest first.", required=True),
        Field("open alerts", FieldType.IDS, "The alerts that skipped questions leave open.", required=True),
        Field("rules", FieldType.IDS, "The rules that fire; not compared, if left out."),
    ),
    # Of a result only what is read back: the answers, what they were given to, and what was said then.
    "result": (
        Field("format", FieldType.TEXT, "What tells a result from other files.", required=True),
        Field("tool", FieldType.NOUN, "The program that wrote it.", noun="program of a result"),
        Field(
            "questionnaire", FieldType.NOUN, "What it was made with.", required=True, noun="questionnaire of a result"
        ),
        Field("private", FieldType.IDS, "The private questions and alerts that stand in it."),
        Field("assessed_on", FieldType.DAY, "The day it was made.", required=True),
        Field("for", FieldType.WORD, WHOM, required=True, words=enum_values(Audience)),
        Field("answers", FieldType.ANSWERS, "The answers by question id.", required=True),
        Field(
            "alerts", FieldType.NOUNS, "The raised alerts, strongest first.", required=True, noun="alert of a result"
        ),
        Field("direction", FieldType.NOUN, "What the answers support already.", noun="direction of a result"),
        Field("withheld_by", FieldType.NOUN, "The alert that withholds the direction.", noun="reference of a result"),
        Field("firm", FieldType.FLAG, "Whether no skipped question could change it.", required=True),
        Field("range", FieldType.NOUN, "Both ends of the range.", required=True, noun="range of a result"),
        Field(
            "areas", FieldType.NOUNS, "How much concern each area adds up to.", required=True, noun="area of a result"
        ),
    ),
    "program of a result": (Field("version", FieldType.TEXT, "Its version.", required=True),),
    "questionnaire of a result": (
        Field("id", FieldType.ID, "Its id.", required=True),
        Field("version", FieldType.TEXT, "Its version.", required=True),
        Field("digest", FieldType.TEXT, "The digest of its files.", required=True),
    ),
    "alert of a result": (
        Field("id", FieldType.ID, "The alert's id.", required=True),
        Field("level", FieldType.WORD, "How soon it asks for something.", required=True, words=enum_values(AlertLevel)),
        Field("title", FieldType.TEXT, "Its heading.", required=True),
    ),
    "reference of a result": (Field("id", FieldType.ID, "The id of what is meant.", required=True),),
    "range of a result": (Field("highest", FieldType.NOUN, "The highest end.", noun="direction of a result"),),
    "direction of a result": (
        Field("id", FieldType.ID, "The direction's id.", required=True),
        Field("title", FieldType.TEXT, "A few words for it.", required=True),
    ),
    "area of a result": (
        Field("id", FieldType.ID, "The section's id.", required=True),
        Field("title", FieldType.TEXT, "Its heading.", required=True),
        *(
            Field(name, FieldType.WHOLE, "A count.", required=True)
            for name in ("score", "maximum", "answered", "asked")
        ),
        *(
            Field(name, FieldType.WORD, CONCERN, required=True, words=enum_values(AreaLevel))
            for name in ("level", "highest_level")
        ),
    ),
}
