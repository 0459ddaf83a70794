"""Text of a check in rare cases."""

from pathlib import Path

from iop_fit.checking.checker import Check, check_reading
from iop_fit.checking.output import check_text
from iop_fit.loading.loader import read_questionnaire
from support import DAY, TESTS

VALID = TESTS / "questionnaires" / "valid"
NOTE = """\
      - {id: note, kind: note, ask: Is there anything else?, why: Words help too., dimension: 6}

alerts:
"""
EXAMPLE = """
examples:
  - id: alone-at-times
    answers: {alone: rarely, note: A word.}
    expect: {direction: more, highest: more, firm: yes, alerts: [], open alerts: []}
"""


def checked(path: Path) -> Check:
    return check_reading(read_questionnaire(path), (), DAY)


def lines(check: Check) -> list[str]:
    return check_text(check, lambda _: ()).splitlines()


def test_check_text_quotes_no_note_of_a_witness(tmp_path: Path) -> None:
    path = tmp_path / "with-a-note.yaml"
    path.write_text((VALID / "minimal.yaml").read_text().replace("\nalerts:\n", NOTE) + EXAMPLE)
    (witness,) = (line for line in lines(checked(path)) if line.startswith("  Witness"))
    assert witness == "  Witness: note = (text)."
