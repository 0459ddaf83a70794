"""Contacts read on their own: at once, and of questionnaires with problems."""

from pathlib import Path

import pytest
import yaml

from iop_fit.loading.contacts import bundled as at_once
from iop_fit.loading.contacts.bundled import FILE, KEYS, bundled_contacts
from iop_fit.loading.contacts.reader import read_contacts
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS
from iop_fit.loading.loader import load, load_questionnaire
from support import ROOT, TESTS

VALID = sorted((TESTS / "questionnaires" / "valid").iterdir())
SOUND = (TESTS / "questionnaires" / "valid" / "sound.yaml").read_text(encoding="utf-8")
CONTACTS = (ROOT / FILE).read_text(encoding="utf-8")


def test_bundled_contacts_are_those_of_the_loader() -> None:
    assert bundled_contacts() == load().contacts
    assert {field.name for field in QUESTIONNAIRE_FIELDS["contact"]} == KEYS


def test_bundled_contacts_need_no_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert bundled_contacts() == load().contacts


DAMAGES = {
    "missing": None,
    "empty": "",
    "not YAML": "contacts: [",
    "not UTF-8": "contacts: \udcff",
    "no list": "contacts: none",
    "an empty list": "contacts: []",
    "another key": f"{CONTACTS}\nalerts: []\n",
    "an unknown key": CONTACTS.replace("    use:", "    uses:", 1),
    "no name": CONTACTS.replace("    name: Emergency\n", ""),
    "an unknown group": CONTACTS.replace("group: crisis", "group: crises", 1),
    "no date": CONTACTS.replace('"2026-11-23"', '"2026-11-99"', 1),
    "two spaces": CONTACTS.replace("name: Emergency", 'name: "Emergency  now"'),
    "a control character": CONTACTS.replace("name: Emergency", r'name: "Emergency\e[1m"'),
    "a list as a text": CONTACTS.replace("name: Emergency", "name: [Emergency]"),
    "a text as a list": CONTACTS.replace("also: [TTY 1-800-787-3224]", "also: TTY 1-800-787-3224"),
    "a text as a contact": "contacts: [lifeline]",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_bundled_contacts_leave_damage_to_the_loader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(at_once, "data_folder", lambda: str(tmp_path))
    path, text = tmp_path / FILE, DAMAGES[damage]
    path.parent.mkdir(parents=True)
    if text is not None:
        assert text != CONTACTS
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert bundled_contacts() is None


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_contacts_are_those_of_the_loader(path: Path) -> None:
    questionnaire = load_questionnaire(path)
    assert read_contacts(path) == (questionnaire.contacts, questionnaire.language, ())


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_contacts_are_read_despite_problems_elsewhere(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND.replace("directions:", "direction:"))
    assert read_contacts(path) == (
        load_questionnaire(TESTS / "questionnaires" / "valid" / "sound.yaml").contacts,
        "en",
        (),
    )


CONTACT = "  - {id: other, name: Other line, use: talking, group: crisis, call: 555}\n"


@pytest.mark.parametrize(
    ("contact", "codes"),
    [
        ("  - {id: x, name: X, use: talking, group: crises, call: 555}\n", ["wrong-shape"]),
        ("  - {id: x, use: talking, group: crisis, call: 555}\n", ["missing-key"]),
        ("  - {id: x, name: X, use: talking, group: crisis, phone: 555}\n", ["unknown-key"]),
        ("  - 555\n", ["not-a-mapping"]),
    ],
)
def test_contacts_leave_out_what_cannot_be_used(tmp_path: Path, contact: str, codes: list[str]) -> None:
    found = read_contacts(written(tmp_path, f"language: en\ncontacts:\n{contact}{CONTACT}"))
    assert [each.name for each in found.contacts] == ["Other line"]
    assert [problem.code for problem in found.problems] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["empty"]),
        ("contacts: [", ["broken-yaml"]),
        ("contacts: 911", ["wrong-shape"]),
        ("- contacts", []),
        ("language: [en]", []),
        ("contacts:\n" + "  - x\n" * 300, ["not-a-mapping"] * 200 + ["too-many-problems"]),
    ],
)
def test_contacts_of_no_questionnaire_are_none(tmp_path: Path, text: str, codes: list[str]) -> None:
    found = read_contacts(written(tmp_path, text))
    assert (found.contacts, found.language, [problem.code for problem in found.problems]) == ((), "", codes)


def test_contacts_with_one_id_are_both_kept(tmp_path: Path) -> None:
    found = read_contacts(written(tmp_path, f"contacts:\n{CONTACT}{CONTACT.replace('555', '666')}"))
    assert [each.call for each in found.contacts] == ["555", "666"]
    assert [problem.code for problem in found.problems] == ["id-twice"]


def test_contacts_of_a_missing_file_are_none(tmp_path: Path) -> None:
    found = read_contacts(tmp_path / "nowhere.yaml")
    assert (found.contacts, [problem.code for problem in found.problems]) == ((), ["unreadable"])


def test_contacts_of_a_folder_name_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yaml").write_text("language: es\nfiles: [one.yaml, two.yaml]\n", encoding="utf-8")
    (tmp_path / "one.yaml").write_text(f"contacts:\n{CONTACT}", encoding="utf-8")
    found = read_contacts(tmp_path)
    assert ([each.id for each in found.contacts], found.language) == (["other"], "es")
    assert [problem.code for problem in found.problems] == ["listed-file-missing"]
