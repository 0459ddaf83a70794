"""Documents of questionnaires that aren't in English: each part of a text has its own language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience, Wording, Words, changed_texts
from iop_fit.outline.blocks import Item, Items, Ladder, Outline, Paragraph, Part, Rung
from iop_fit.outline.citations import Cited, Sentence
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.languages import (
    END,
    START,
    Bilingual,
    Run,
    in_english,
    in_two_languages,
    is_english,
    is_right_to_left,
    marked,
    runs_of,
)
from iop_fit.outline.parts.care_options import options_outline
from iop_fit.outline.result import full_of, paper_of, summary_of
from iop_fit.report.formats import draw, export
from iop_fit.report.registry import DRAWN
from iop_fit.report.to_html import to_html
from iop_fit.report.to_json import to_json
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from support import DAY, TESTS
from support.html_pages import Page

SPANISH = TESTS / "questionnaires" / "valid" / "spanish.yaml"
QUESTIONNAIRE = iop_fit.load(SPANISH)
ANSWERS: dict[str, Answer] = {"words": Written("Señora sí"), "how": Chosen(("bad",)), "what": Chosen(("walk", "talk"))}


def in_language(folder: Path, language: str) -> Questionnaire:
    """Return the questionnaire as if it were in another language."""
    path = folder / f"{language}.yaml"
    path.write_text(SPANISH.read_text("utf-8").replace("language: es", f"language: {language}"), encoding="utf-8")
    return iop_fit.load(path)


def assessed(questionnaire: Questionnaire = QUESTIONNAIRE, how: str = "bad") -> Assessment:
    return assess(questionnaire, AnswerSheet({**ANSWERS, "how": Chosen((how,))}), on=DAY)


def documents() -> Iterator[Outline]:
    """Yield one of each document that is drawn to a file."""
    before, after = (load_result(to_json(assessed(how=how)), "r.json", QUESTIONNAIRE) for how in ("good", "bad"))
    yield paper_of(assessed())
    yield options_outline(QUESTIONNAIRE)
    yield options_outline(QUESTIONNAIRE, assessed())
    yield comparison_of(difference_of(before, after))


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts of an outline that can have a language: all but the tag and alternative texts."""
    match value:
        case str():
            yield value
        case Ladder(rungs):
            yield from texts_in(rungs)
        case Outline():
            yield from texts_in(tuple(value._replace(language="")))
        case tuple():
            for each in value:
                yield from texts_in(each)
        case _:
            pass


def words_of(thing: object) -> set[str]:
    """Return every text that a questionnaire says itself."""
    found: set[str] = set()

    def note(text: str) -> str:
        if isinstance(text, Words):
            found.add(str(text))
        return text

    changed_texts(thing, note)
    return found


OWN = {*words_of(QUESTIONNAIRE), "Señora sí", "Caminar", "Hablar"}
LETTERS = re.compile("[^a-záéíóúñü]+")


def plain(text: str) -> str:
    return LETTERS.sub(" ", text.lower()).strip()


@pytest.mark.parametrize("number", range(4), ids=["paper", "options", "marked options", "comparison"])
def test_each_part_of_each_text_has_its_language(number: int) -> None:
    outline = [*documents()][number]
    runs = [run for text in texts_in(outline) if text for run in (runs_of(text) or ((Run(text, own=True)),))]
    own = {plain(run.text) for run in runs if run.own}
    english = {plain(run.text) for run in runs if not run.own}
    known = {plain(text) for text in OWN}
    assert {text for text in own if not any(text in each for each in known)} == set()
    spanish = {text for text in known if " " in text}
    assert {text for text in english for each in spanish if each in text} == set()
    assert len(own) > 8
    assert len(english) > 8


def test_english_documents_hold_ordinary_texts() -> None:
    english = iop_fit.load()
    outline = options_outline(english)
    assert {type(text) for text in texts_in(outline)} <= {str, Words, Wording, Cited}
    assert marked(english, "en-US") is english
    assert in_two_languages(outline) is outline


@pytest.mark.parametrize("build", [summary_of, full_of])
def test_texts_for_the_screen_stay_as_they_are(build: Any) -> None:  # noqa: ANN401  # one of two functions
    assert not any(isinstance(text, Bilingual) or START in text for text in texts_in(build(assessed())))


# Types


def test_bilingual_text_reads_as_one() -> None:
    text = Bilingual(f"Why: {START}Está mal.{END} And {START}no duerme{END}.")
    assert text == "Why: Está mal. And no duerme."
    assert text.runs == (
        Run("Why: ", own=False),
        Run("Está mal.", own=True),
        Run(" And ", own=False),
        Run("no duerme", own=True),
        Run(".", own=False),
    )
    assert Bilingual(f"{START}Una.").runs == (Run("Una.", own=True),)
    assert Bilingual(f"{START}{END}").runs == ()


def test_sentences_with_sources_keep_their_marks() -> None:
    cited = Cited("", (Sentence("Good:"), Sentence(f"{START}Ayuda.{END}", ("a",), (1, 3))))
    outline = Outline("", "", ((Part("T", (Items((Item(cited),)),)),),), "es")
    (items,) = in_two_languages(outline).parts[0].blocks
    assert isinstance(items, Items)
    assert runs_of(items.items[0].text) == (
        Run("Good:", own=False),
        Run(" ", own=True),
        Run("Ayuda.", own=True),
        Run("[1][3]", own=True),
    )
    assert not in_english(items.items[0].text)


def test_alternative_text_is_an_ordinary_text() -> None:
    ladder = Ladder((Rung("Here", here=True),), f"Yours: {START}Más{END}.")
    outline = in_two_languages(Outline("", "", ((Part("", (ladder, Paragraph("Why"))),),), "es"))
    assert outline.parts[0].blocks[0] == Ladder((Rung("Here", here=True),), "Yours: Más.")
    assert type(outline.parts[0].blocks[0].words) is str


def test_changed_texts_keep_one_object_one() -> None:
    part = (Words("a"),)
    first, second = changed_texts((part, part), str.upper)
    assert first == ("A",)
    assert first is second


def test_second_wording_is_marked_too() -> None:
    about = Wording(Words("Su casa"), Words("La casa de ella")).for_(Audience.SOMEONE)
    assert marked((about, "id"), "es") == (f"{START}La casa de ella{END}", "id")


@pytest.mark.parametrize(
    ("language", "english", "right_to_left"),
    [
        ("en", True, False),
        ("EN-us", True, False),
        ("es", False, False),
        ("ar", False, True),
        ("fa-IR", False, True),
        ("he-Hebr-IL", False, True),
        ("az-Arab", False, True),
        ("ar-Latn", False, False),
        ("enm", False, False),
    ],
)
def test_language_tag_says_script_and_direction(language: str, english: bool, right_to_left: bool) -> None:
    assert (is_english(language), is_right_to_left(language)) == (english, right_to_left)


# Formats


def test_html_names_the_language_of_each_part() -> None:
    page = to_html(paper_of(assessed()))
    assert '<html lang="es">' in page
    assert '<title lang="en" dir="ltr">Notes for my visit</title>' in page
    assert '<h1 lang="en" dir="ltr">Notes for my visit</h1>\n<p class="lead">Hable hoy con alguien. ' in page
    assert '<p class="detail"><span lang="en" dir="ltr">Because:</span> Está mal.</p>\n<p>Llame al 988.</p>' in page
    assert '<p dir="auto">Señora sí</p>' in page
    assert '<th scope="col" dir="auto" lang="en">Topic</th>' in page


def test_html_of_two_languages_is_well_formed() -> None:
    for outline in documents():
        page = to_html(outline)
        assert Page(page).malformed == []
        assert not re.search(r"<[^>]* (lang|dir)=[^>]* \1=", page)


def test_html_has_the_direction_of_its_language(tmp_path: Path) -> None:
    page = to_html(paper_of(assessed(in_language(tmp_path, "ar"))))
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h2 lang="en" dir="ltr">Safety first</h2>' in page


def test_html_in_english_names_one_language(tmp_path: Path) -> None:
    page = to_html(paper_of(assessed(in_language(tmp_path, "en-US"))))
    assert re.findall("(?:lang|dir)=[^ >]*", page.partition("<body>")[0]) == ['lang="en-US"']
    assert "lang=" not in page.partition("<body>")[2]


@pytest.mark.parametrize("name", [name for name in DRAWN if name != "pdf"])
def test_files_hold_no_marks(name: str) -> None:
    for outline in documents():
        text = draw(outline, name).decode()
        assert START not in text
        assert END not in text


def test_markdown_and_plain_text_do_not_depend_on_the_language(tmp_path: Path) -> None:
    for name in ("markdown", "plain"):
        spanish, english = (
            re.sub("sha256:[0-9a-f]*", "", export(assessed(each), name).decode())
            for each in (QUESTIONNAIRE, in_language(tmp_path, "en"))
        )
        assert spanish == english


def test_pdf_names_the_language_of_each_part(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    for language in ("es", "ar"):
        (tmp_path / "page.pdf").write_bytes(export(assessed(in_language(tmp_path, language)), "pdf"))
        with pikepdf.open(tmp_path / "page.pdf") as pdf:
            assert str(pdf.Root.Lang) == language
            tags = {*languages_in(pdf.Root.StructTreeRoot.K, pikepdf)}
        assert {("/H1", "en"), ("/H2", "en"), ("/P", language)} <= tags
        assert {each for _, each in tags} == {"en", language}


def languages_in(node: Any, pikepdf: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # objects of a library
    """Yield the tag and the language of each element of a PDF that names one."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from languages_in(each, pikepdf)
    elif isinstance(node, pikepdf.Dictionary):
        if "/Lang" in node:
            yield str(node.S), str(node.Lang)
        yield from languages_in(node.get("/K"), pikepdf)
