"""The keys of what holds answers: answers files, the examples of a questionnaire, and results."""

from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel, Audience
from iop_fit.loading.fields import Key, Shape, words

__all__ = ["RESULT_FORMAT", "SHEET_KEYS"]

RESULT_FORMAT = "iop-fit result 1"
"""What a saved result calls its format, with the number of that format."""

PERSON = Key("person", Shape.TEXT, "Who this is, in a sentence; read by nobody but people.")
WHOM = "Whether the answers are about oneself or about someone else."
CONCERN = "How much concern its answers add up to."

SHEET_KEYS: dict[str, tuple[Key, ...]] = {
    "example": (
        Key("id", Shape.ID, "The example's id.", required=True),
        PERSON,
        Key("for", Shape.WORD, WHOM, words=words(Audience)),
        Key("answers", Shape.ANSWERS, "The answers by question id.", required=True),
        Key("expect", Shape.NOUN, "What the result must be.", required=True, noun="expectation"),
    ),
    "answers file": (
        PERSON,
        Key("questionnaire", Shape.ID, "The id of the questionnaire that these are answers to."),
        Key("digest", Shape.TEXT, "The digest of the questionnaire that a draft was begun with."),
        Key("for", Shape.WORD, WHOM, words=words(Audience)),
        Key("answers", Shape.ANSWERS, "The answers by question id.", required=True),
        Key("expect", Shape.NOUN, "What the result must be; for examples.", noun="expectation"),
    ),
    "expectation": (
        Key("direction", Shape.ID, "The direction; left out when it is withheld."),
        Key("highest", Shape.ID, "The highest end of the range; left out when it is withheld."),
        Key("withheld by", Shape.ID, "The alert that withholds the direction."),
        Key("firm", Shape.FLAG, "Whether no skipped question could change the result.", required=True),
        Key("alerts", Shape.IDS, "The raised alerts, strongest first.", required=True),
        Key("open alerts", Shape.IDS, "The alerts that skipped questions leave open.", required=True),
        Key("rules", Shape.IDS, "The rules that fire; not compared, if left out."),
    ),
    # Of a result only what is read back: the answers, what they were given to, and what was said then.
    "result": (
        Key("format", Shape.TEXT, "What tells a result from other files.", required=True),
        Key("tool", Shape.NOUN, "The program that wrote it.", noun="program of a result"),
        Key("questionnaire", Shape.NOUN, "What it was made with.", required=True, noun="questionnaire of a result"),
        Key("private", Shape.IDS, "The private questions and alerts that stand in it."),
        Key("assessed_on", Shape.DAY, "The day it was made.", required=True),
        Key("for", Shape.WORD, WHOM, required=True, words=words(Audience)),
        Key("answers", Shape.ANSWERS, "The answers by question id.", required=True),
        Key("alerts", Shape.NOUNS, "The raised alerts, strongest first.", required=True, noun="alert of a result"),
        Key("direction", Shape.NOUN, "What the answers support already.", noun="direction of a result"),
        Key("withheld_by", Shape.NOUN, "The alert that withholds the direction.", noun="reference of a result"),
        Key("firm", Shape.FLAG, "Whether no skipped question could change it.", required=True),
        Key("range", Shape.NOUN, "Both ends of the range.", required=True, noun="range of a result"),
        Key("areas", Shape.NOUNS, "How much concern each area adds up to.", required=True, noun="area of a result"),
    ),
    "program of a result": (Key("version", Shape.TEXT, "Its version.", required=True),),
    "questionnaire of a result": (
        Key("id", Shape.ID, "Its id.", required=True),
        Key("version", Shape.TEXT, "Its version.", required=True),
        Key("digest", Shape.TEXT, "The digest of its files.", required=True),
    ),
    "alert of a result": (
        Key("id", Shape.ID, "The alert's id.", required=True),
        Key("level", Shape.WORD, "How soon it asks for something.", required=True, words=words(AlertLevel)),
        Key("title", Shape.TEXT, "Its heading.", required=True),
    ),
    "reference of a result": (Key("id", Shape.ID, "The id of what is meant.", required=True),),
    "range of a result": (Key("highest", Shape.NOUN, "The highest end.", noun="direction of a result"),),
    "direction of a result": (
        Key("id", Shape.ID, "The direction's id.", required=True),
        Key("title", Shape.TEXT, "A few words for it.", required=True),
    ),
    "area of a result": (
        Key("id", Shape.ID, "The section's id.", required=True),
        Key("title", Shape.TEXT, "Its heading.", required=True),
        *(Key(name, Shape.WHOLE, "A count.", required=True) for name in ("score", "maximum", "answered", "asked")),
        *(Key(name, Shape.WORD, CONCERN, required=True, words=words(AreaLevel)) for name in ("level", "highest_level")),
    ),
}
