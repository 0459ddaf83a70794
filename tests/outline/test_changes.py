"""What would change the result: each change is said as a clause."""

from pathlib import Path

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.whatif import Change, Step
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Heading, Item, Items
from iop_fit.outline.parts.reasons import changes, more_support
from support.example_results import EXAMPLES, each_example, result_of

PATHS = {path.stem: path for path in EXAMPLES}


def with_change(result: Assessment, *after: tuple[str, str]) -> Assessment:
    """Return a result that other answers would change to the most support."""
    questions = result.questionnaire.questions
    steps = tuple(Step(questions[name], (questions[name].options[0].id,), (option,), 1) for name, option in after)
    return result._replace(changes=(Change(steps, result.questionnaire.directions[-1]),))


def test_every_changeable_question_has_a_clause_for_each_option(questionnaire: Questionnaire) -> None:
    for audience in Audience:
        changeable = [each for each in questionnaire.worded_for(audience).questions.values() if each.changeable]
        assert len(changeable) > 5
        assert [(each.id, option.id) for each in changeable for option in each.options if not option.clause] == []


def test_clause_follows_if_and_is_no_sentence(questionnaire: Questionnaire) -> None:
    for audience in Audience:
        for question in questionnaire.worded_for(audience).questions.values():
            for option in question.options:
                assert not option.clause.endswith((".", "?", "!")), option.clause
                assert not option.clause.startswith("if "), option.clause
                assert option.clause[:1].islower() or not option.clause, option.clause


def test_change_is_said_as_a_clause(questionnaire: Questionnaire) -> None:
    result = with_change(result_of(PATHS["everyday-drinking"], questionnaire), ("hold-off", "hours"))
    title = questionnaire.directions[-1].title
    clause = "it's very hard for you to hold off, even for a few hours"
    assert [*changes(result)] == [
        Heading("What could mean more support"),
        Items((Item(f"If {clause}: “{title}”."),)),
    ]
    assert more_support(result) == (clause,)


def test_change_of_two_answers_has_both_clauses_worded_for_the_reader(questionnaire: Questionnaire) -> None:
    result = with_change(result_of(PATHS["for-a-brother"], questionnaire), ("hold-off", "hard"), ("risky", "often"))
    _, items = changes(result)
    assert isinstance(items, Items)
    assert items.items[0].text.startswith(
        "If it's hard for them to hold off and they often drink or use in risky ways: "
    )


def test_answer_without_a_clause_is_named_with_its_question(questionnaire: Questionnaire) -> None:
    question = questionnaire.questions["overdose"]
    last = question.options[-1]
    assert last.clause == ""
    result = with_change(result_of(PATHS["everyday-drinking"], questionnaire), ("overdose", last.id))
    assert more_support(result) == (f"the answer to “{question.topic}” is “{last.label}”",)


@each_example
def test_no_example_names_a_question_where_it_could_say_a_clause(path: Path, questionnaire: Questionnaire) -> None:
    said = [
        item.text
        for block in changes(result_of(path, questionnaire))
        if isinstance(block, Items)
        for item in block.items
    ]
    assert [text for text in said if "the answer to" in text] == []
