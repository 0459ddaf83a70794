"""Every problem, finding and statement that the program can report, each with its exit status."""

from enum import StrEnum
from typing import Self

__all__ = ["Code"]


class Code(StrEnum):
    """A stable name for one kind of problem; it appears in `check`, in JSON and in the Python API."""

    exit_status: int
    """The exit status of a command that ends with this problem: 4, or 3 if only answers are missing."""

    def __new__(cls, value: str, exit_status: int = 4) -> Self:
        """Make a member from its name, with the exit status beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.exit_status = exit_status
        return member

    # Files

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NOT_UTF_8 = "not-utf-8"
    NO_FOLDER = "no-folder"
    FOLDER_NOT_WRITABLE = "folder-not-writable"
    NOT_A_FILE = "not-a-file"
    NOT_PARTS = "not-parts"
    FILE_EXISTS = "file-exists"
    UNWRITABLE = "unwritable"
    OTHERS_CAN_READ = "others-can-read"
    DRAFT_IN_USE = "draft-in-use"
    DRAFT_CHANGED = "draft-changed"

    # YAML and JSON

    BROKEN_YAML = "broken-yaml"
    BROKEN_JSON = "broken-json"
    EMPTY = "empty"
    CONTROL_CHARACTER = "control-character"
    HALF_CHARACTER = "half-character"
    SECOND_DOCUMENT = "second-document"
    ALIAS = "alias"
    ANCHOR = "anchor"
    TAG = "tag"
    KEY_NOT_TEXT = "key-not-text"
    EQUAL_KEYS = "equal-keys"
    TOO_DEEP = "too-deep"
    TOO_MANY_VALUES = "too-many-values"
    TOO_MANY_PROBLEMS = "too-many-problems"

    # Questionnaires

    NO_HEAD = "no-head"
    BAD_FILE_NAME = "bad-file-name"
    LISTED_FILE_MISSING = "listed-file-missing"
    UNLISTED_FILE = "unlisted-file"
    FILE_TWICE = "file-twice"
    FILES_IN_A_FILE = "files-in-a-file"
    NOT_A_MAPPING = "not-a-mapping"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_SHAPE = "wrong-shape"
    TOO_LONG = "too-long"
    ID_TWICE = "id-twice"
    TOO_MANY_OF_A_KIND = "too-many-of-a-kind"
    UNKNOWN_REFERENCE = "unknown-reference"
    RESERVED_ID = "reserved-id"
    NUMBER_OF_OPTIONS = "number-of-options"
    LEVELS_WITHOUT_SCORE = "levels-without-score"
    GOAL_WITHOUT_CHANGE = "goal-without-change"
    SCORES_FALL = "scores-fall"
    SCORE_WITHOUT_NEED = "score-without-need"
    NEED_EASES = "need-eases"
    PRIVATE_MIXED = "private-mixed"
    GATE_CIRCLE = "gate-circle"
    GATE_NOT_EARLIER = "gate-not-earlier"
    GATE_ON_A_GATE = "gate-on-a-gate"
    PRACTICAL_GATES_NEED = "practical-gates-need"
    NOT_A_CONDITION = "not-a-condition"
    WRONG_NUMBER = "wrong-number"
    WRONG_TEST = "wrong-test"
    LEAST_OPTION = "least-option"
    SIGN_NOT_EARLIER = "sign-not-earlier"
    ALERT_IN_ALERT_RULE = "alert-in-alert-rule"
    NOT_IN_A_RULE = "not-in-a-rule"
    AREA_IN_A_RULE = "area-in-a-rule"
    NOTE_IN_A_CONDITION = "note-in-a-condition"
    PAPER_ONLY = "paper-only"
    PRACTICAL_IN_A_RULE = "practical-in-a-rule"
    TOO_LARGE_CONDITION = "too-large-condition"
    TOO_MANY_NEEDS = "too-many-needs"
    TOO_FEW_DIRECTIONS = "too-few-directions"
    NUMBER_OF_PROGRAMS = "number-of-programs"
    RAISES_THE_LEAST = "raises-the-least"
    ASK_KEYS = "ask-keys"
    NOT_TWO_QUESTIONS = "not-two-questions"
    QUESTIONS_OUT_OF_ORDER = "questions-out-of-order"
    OTHER_QUESTIONS = "other-questions"
    REVIEW_BEFORE_PUBLISHED = "review-before-published"
    FORMER_ID = "former-id"
    KEY_OF_ANOTHER_KIND = "key-of-another-kind"
    BAND_WITHOUT_START = "band-without-start"
    BAND_TWICE = "band-twice"
    LARGEST_NUMBER = "largest-number"
    AT_MOST_ON_NEED = "at-most-on-need"
    UNEQUAL_WORDINGS = "unequal-wordings"

    # Answers and results

    UNKNOWN_QUESTION = "unknown-question"
    FORMER_QUESTION = "former-question"
    REMOVED_QUESTION = "removed-question"
    UNKNOWN_OPTION = "unknown-option"
    OPTION_TWICE = "option-twice"
    ONE_ANSWER = "one-answer"
    TOO_MANY_OPTIONS = "too-many-options"
    MORE_THAN_AT_MOST = "more-than-at-most"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_NOTE = "not-a-note"
    NOT_AN_OPTION = "not-an-option"
    NOTE_TOO_LONG = "note-too-long"
    NOT_ASKED = "not-asked"
    OTHER_WORDS = "other-words"
    UNKNOWN_REASON = "unknown-reason"
    NUMBER_OF_RESPONSES = "number-of-responses"
    UNFINISHED_RESPONSE = ("unfinished-response", 3)
    NO_CODE = "no-code"
    OTHER_QUESTIONNAIRE = "other-questionnaire"
    NOT_A_RESULT = "not-a-result"
    OTHER_FORMAT = "other-format"
    OTHER_KIND_OF_FILE = "other-kind-of-file"
    ANSWERS_DO_NOT_FIT = "answers-do-not-fit"
    MISSING_ANSWER = ("missing-answer", 3)

    # Tables of answer sheets

    UNKNOWN_TABLE = "unknown-table"
    BAD_TABLE = "bad-table"
    MISSING_COLUMN = "missing-column"
    COLUMN_TWICE = "column-twice"
    MAPPED_TWICE = "mapped-twice"
    NOT_SEVERAL = "not-several"
    UNMAPPED_COLUMN = "unmapped-column"
    OUTPUT_NAME = "output-name"
    ROW_WITHOUT_ID = "row-without-id"
    ROW_ID_TWICE = "row-id-twice"
    OUTPUT_IS_INPUT = "output-is-input"
    DISK_FULL = "disk-full"
    NO_ENGINE = "no-engine"
    NO_SUCH_GROUPS = "no-such-groups"
    NO_CHANCES = "no-chances"

    # Output

    NO_PDF = "no-pdf"
    NOT_DRAWN = "not-drawn"
    INPUT_ENDED = ("input-ended", 3)
    NO_TERMINAL = ("no-terminal", 3)

    # Findings and advice of `check`

    UNREACHABLE_DIRECTION = "unreachable-direction"
    UNREACHABLE_ALERT = "unreachable-alert"
    IDLE_RULE = "idle-rule"
    RULE_NOT_DECIDED = "rule-not-decided"
    SILENT_ALERT = "silent-alert"
    HIDDEN_POINT = "hidden-point"
    HIDDEN_CONTRADICTION = "hidden-contradiction"
    PROGRAM_WITHOUT_POINT = "program-without-point"
    EXAMPLE_DIFFERS = "example-differs"
    EXAMPLE_EXPECTS_NOTHING = "example-expects-nothing"
    WITHOUT_EXAMPLE = "without-example"
    DIRECTION_WITHOUT_EXAMPLE = "direction-without-example"
    ALERT_WITHOUT_EXAMPLE = "alert-without-example"
    RULE_WITHOUT_EXAMPLE = "rule-without-example"
    ALERT_WITHOUT_CONTACT = "alert-without-contact"
    NO_EXAMPLES = "no-examples"
    CONTACT_NOT_VERIFIED = "contact-not-verified"
    ONE_WORDING = "one-wording"
    UNUSED_OPTION = "unused-option"
    UNUSED_ADDITION = "unused-addition"
    UNUSED_SOURCE = "unused-source"
    RULE_WITHOUT_SOURCE = "rule-without-source"
    REVIEW_OVERDUE = "review-overdue"
    NO_OPTIONS = "no-options"
    PROVENANCE_MISSING = "provenance-missing"

    # What `check` states by construction

    MORE_NEVER_LOWERS = "more-never-lowers"
    PRACTICAL_CHANGES_NOTHING = "practical-changes-nothing"
    PRIVATE_CHANGES_NOTHING_ELSE = "private-changes-nothing-else"
    EVERY_QUESTION_ASKED = "every-question-asked"
