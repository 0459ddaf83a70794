"""Every limit of the program, by package; a test checks that no other module sets one.

The figures beside a limit are those of the bundled questionnaire, unless they say otherwise.
"""

# errors

MAX_SHOWN = 10
"""The most problems that a message lists; the rest is counted."""
MAX_MISSING_SHOWN = 5
"""The most unanswered questions that a message explains one by one; if there are more, one line counts them."""

# text

MAX_QUOTED = 40
"""The longest part of a word that a message repeats, in characters."""
MAX_COMPARED_LENGTH = 32
"""The longest word that is compared with known words; the time grows with its length."""
MAX_COMPARED_WORDS = 100
"""The most known words that one word is compared with."""

# files

MAX_BYTES = 1_048_576
"""The largest file that is read, in bytes; all files of the questionnaire have about a tenth of it."""
MAX_UNUSUAL = 40
"""The most unusual characters of a file's name that its temporary name repeats: at most 160 of 255 bytes."""
MAX_RETRIES = 4
"""How often a rename is tried again while another program, such as a sync client, has the file open: in 0.3 seconds."""
MAX_DEPTH = 20
"""The deepest nesting of lists and mappings; 9 are needed."""
MAX_NODES = 60_000
"""The most values in one file; 6,500 in all files, and 41,000 in one of 400 questions with 1,000 rules."""
MAX_PROBLEMS = 200
"""The most problems that are reported at once; reading stops there."""
MAX_SUGGESTIONS = 20
"""The most problems for which a similar word is suggested; finding one takes time."""
MAX_SNIPPET_LINE = 70
"""The most characters of a line that a snippet shows."""
MAX_SNIPPET_BEFORE = 64
"""The most characters that a snippet shows before the place of the problem."""

# domain

MAX_NOTE = 3_000
"""The longest note, in characters; a page of more is slow to draw where each character needs its own glyph."""
MAX_WHOLE = 1_000_000
"""The largest number in a questionnaire or an answer."""
MAX_TYPED_NUMBER = 80
"""The longest line that is searched for a number, in characters; the time grows with its square."""
MAX_MISFITS_COMPARED = 50
"""The most unknown names that are compared with known ones; a file with more of them is the wrong file."""
MAX_NEEDS = 10_000
"""The most needs of all rules together, and of one rule with its gates; there are 1,147.

At least 6 of 11 flags makes 462, and at least 7 of 14 makes 3,432. A decision takes about 1 ms for each 1,000."""
MAX_STEPS = 10_000_000
"""The most steps that expanding one condition may take, of 10 to 30 ns each."""
MAX_TOTAL_STEPS = 20_000_000
"""The most steps for all conditions of one questionnaire; under 400,000 are needed."""
MAX_NESTED = 60
"""The deepest nesting of conditions once their signs and alerts are put in."""
MAX_CHANGES = 5
"""The most changes that a result lists."""
MAX_TRIAL_VISITS = 200_000
"""The most questions that are visited while trying other answers, where ten needs count as one question.

The examples need 8,000 at most, and all pairs of 22 flags with 5,000 needs 130,000."""

# loading

MAX_TEXT = 10_000
"""The longest text, in characters; the longest one has 230. A page of more is slow to draw."""
MAX_RECORDS = 2_000
"""The most rules, questions or other records of one kind; there are 109 points."""
MAX_OPENINGS = 100
"""The most combinations of answers that one `all` of a gate makes."""
MAX_OPTIONS = 100
"""The most options of one question; the most are 12."""

# storage

MAX_DIGITS = 18
"""The most digits that are read as a number; Python refuses to read very long ones."""

# scoring

MAX_ROWS_EXPLAINED = 5
"""The most problems of rows that are explained, each of another kind; the output has all of them."""
MAX_ROWS_SEARCHED = 200
"""The most rows with problems that are looked at for them."""

# check

MAX_REDUNDANT_RULES = 100
"""The most redundant rules that are reported; each is compared with all others."""
MAX_COMBINATIONS = 250
"""The most combinations of answers that one condition is tried against."""
MAX_ANSWERS_LISTED = 12
"""The most answers of a counterexample that are listed; `--witness` and JSON hold all of them."""

# outline

MAX_LISTED = 10
"""The most items of a list that are named; the rest is counted."""
MAX_VERSION = 40
"""The most characters of a version in a file that are shown."""
MAX_DIGEST = 19
"""The most characters of a digest that are shown: enough to tell one from another."""

MAX_CARD_TEXT = 300
"""The most characters of a summary for the cards after the first one; beyond it, only their titles are given."""
MAX_SUMMARY_REASONS = 2
"""The most reasons for a direction that a summary gives; the full report has all."""
MAX_SUMMARY_OPEN = 3
"""The most lines of a summary about what skipped questions leave open; the full report has all."""
MAX_SUMMARY_OPTIONS = 3
"""The most options of one answer that a summary names; the full report has all."""
MAX_SUMMARY_CHANGES = 2
"""The most changes that a summary names after which more support is worth asking about; the full report has all."""
MAX_CARDS_ON_FIRST_PAGE = 4
"""Cards with their texts on the first page; if there are more, one fewer, so that the overview stays on it."""
MAX_WORKSHEET = 6
"""Questions on the worksheet."""
MAX_WALK_AWAY = 5
"""Warning signs on the first page; the full report has all."""
MAX_SKIPPED_TOPICS = 6
"""Skipped questions that the overview names; the provider's page lists all."""
MAX_LIST = 7
"""Items of a list; the CDC Clear Communication Index asks for no more."""
MAX_REMINDERS = 3
"""Cards whose titles stay above the keys below a result."""
MAX_OTHERS_ON_CARD = 2
"""Further alerts of a card whose titles it gives."""

# interview

MAX_LINE = 20_000
"""The longest line that can be edited, in characters; one of more than `MAX_NOTE` has to be shortened first."""

# scoring

MAX_GROUPS = 1_000
"""The most groups that sheets are counted by; the largest state has 254 counties."""

# report

MAX_MARKS = 6
"""The most combining marks on one letter: no language needs more, and a longer pile runs over the lines around it."""
MAX_GLYPH_NAME = 60
"""The longest name of a character that is printed; names of emoji have up to 54 letters."""
MIN_WIDTH = 40
"""The narrowest text on a screen, in columns; a narrower window wraps its lines itself."""
MAX_WIDTH = 100
"""The widest text on a screen, in columns; longer lines are hard to read."""

MAX_TABLE_WIDTH = 200
"""The widest table of counts on a screen, in columns."""
MAX_BARS = 60
"""The most groups that a picture draws; a longer one is hard to read."""

# cli

MAX_EXAMPLES_SIZE = 4 * MAX_BYTES
"""The most characters that all example files may hold together; the bundled ones have less than a hundredth of it."""
MAX_PEOPLE = 100_000_000
"""The most people that `population` makes up."""
