"""A questionnaire as a drawing, in Graphviz's DOT: what is asked, what opens a question, what each answer raises."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from iop_fit.domain.guidance import Alert, Direction
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.report.graph_edges import Choice, Joint, links_of, places_of
from iop_fit.text import cleaned

__all__ = ["graph_text"]

COLORS = ("#1f4e8c", "#a03d00", "#2e6b1f", "#7b2d8b", "#8c1c2b", "#006d6d", "#5c5c00")
"""All dark on white, by what is raised; they help an eye to follow a line, and mean nothing."""

LEGEND = (
    "Solid line: this answer, and on a ranked question each one below it in the box, raises what the line leads to.",
    "any: one of these is enough. all: all of them together. 2 of 3: at least so many of them.",
    "Dotted line: the question is asked only after one of these answers, or on a ranked question one below it.",
    "Dashed box: about practical life; its answers raise nothing.",
)

STYLE = """\
  graph [rankdir=LR, newrank=true, ranksep=2, nodesep=0.15, fontname="Helvetica", fontsize=16, labelloc=t, labeljust=l]
  node [fontname="Helvetica", fontsize=12, shape=record, margin="0.1,0.04"]
  edge [arrowsize=0.7, color="#4a4a4a"]"""

SHAPES = {"any": "shape=ellipse", "all": "shape=diamond", "opens": "shape=ellipse, style=dotted"}


def graph_text(questionnaire: Questionnaire) -> str:
    """Draw a questionnaire as DOT text, the same bytes each time; what is private is drawn too."""
    return "\n".join(_Drawing(questionnaire).lines()) + "\n"


class _Drawing:
    """What is drawn, and where its lines begin and end."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.places = places_of(questionnaire)
        self.links = links_of(questionnaire)
        self.begins: dict[Choice, str] = {
            (self.places[question.id, option.id],): f"{_name('question', question.id)}:o{number}:e"
            for question in questionnaire.questions.values()
            for number, option in enumerate(question.options)
        }
        """Where the lines of each choice begin; a choice of several options has a node of its own."""
        alerts, directions = questionnaire.alerts_strongest_first, questionnaire.directions
        self.ends = {alert.id: f'"alerts":a{number}:w' for number, alert in enumerate(alerts)}
        self.ends |= {direction.id: f'"directions":d{number}:w' for number, direction in enumerate(directions)}

    def lines(self) -> Iterator[str]:
        """Draw from left to right: questions, what comes together, what is raised."""
        yield f"digraph {_name('questionnaire', self.questionnaire.id)} {{"
        yield STYLE
        yield f"  {_label(self.questionnaire.title, *LEGEND)}"
        for section in self.questionnaire.sections:
            yield from _cluster(_name("cluster section", section.id), section.title, map(_question, section.questions))
        yield from _cluster('"cluster alerts"', "Alerts, by level", _alerts(self.questionnaire.alerts_strongest_first))
        directions = [_directions(self.questionnaire.directions)]
        yield from _cluster('"cluster directions"', "Directions, from least to most support", directions)
        questions = (f"{_name('question', question)};" for question in self.questionnaire.questions)
        yield f"  {{ rank=min; {' '.join(questions)} }}"
        alerts = '"alerts"; ' if self.questionnaire.alerts else ""
        yield f'  {{ rank=max; {alerts}"directions"; }}'
        yield from self._gates()
        yield from self._choices()
        yield from self._raised()
        yield "}"

    def _gates(self) -> Iterator[str]:
        """Lead through a node beside the question, since two boxes of one column can't be joined by a line."""
        for question in self.questionnaire.questions.values():
            if question.gate:
                name = _name("gate", question.id)
                yield _node(name, "opens", f"any of these opens {question.id}")
                begins = dict.fromkeys(self.begins[max(self.places[pair] for pair in way),] for way in question.gate)
                yield from (f"  {begin} -> {name} [style=dotted]" for begin in begins)
                yield f"  {name} -> {_name('question', question.id)}:ask:e [style=dotted]"

    def _choices(self) -> Iterator[str]:
        """Draw each choice of several options; one that lies within another leads into it."""
        options = {place: f"{question}: {option}" for (question, option), place in self.places.items()}
        several = {choice for link in self.links for choice in link.joint.choices if len(choice) > 1}
        for number, choice in enumerate(sorted(several, key=lambda choice: (len(choice), choice)), start=1):
            name = _name("any", str(number))
            yield _node(name, "any", ", ".join(options[place] for place in choice))
            yield from (f"  {self.begins[part]} -> {name}" for part in self._parts(choice))
            self.begins[choice] = name

    def _parts(self, choice: Choice) -> Iterator[Choice]:
        """Cut a choice into smaller ones that are drawn already and share no option, the largest first."""
        left = set(choice)
        for part in sorted(self.begins, key=lambda part: (-len(part), part)):
            if left.issuperset(part):
                left.difference_update(part)
                yield part

    def _raised(self) -> Iterator[str]:
        """Draw each joint of several choices, and a line to all that is raised."""
        colors = {target: COLORS[place % len(COLORS)] for place, target in enumerate(self.ends)}
        joints: dict[Joint, str] = {}
        for joint, target, rules in self.links:
            if len(joint.choices) > 1 and joint not in joints:
                joints[joint] = _name("joint", str(len(joints) + 1))
                yield from self._joint(joints[joint], joint)
            begin = joints.get(joint) or self.begins[joint.choices[0]]
            yield f'  {begin} -> {self.ends[target]} [color="{colors[target]}", {_tooltip(", ".join(rules))}]'

    def _joint(self, name: str, joint: Joint) -> Iterator[str]:
        among = len(joint.choices)
        label = "all" if joint.number == among else f"{joint.number} of {among}"
        rules = dict.fromkeys(rule for link in self.links if link.joint == joint for rule in link.rules)
        yield _node(name, label, ", ".join(rules))
        yield from (f"  {self.begins[choice]} -> {name}" for choice in joint.choices)


def _question(question: Question) -> str:
    """Draw a box with its options in order; ports are numbered, so that no id is taken for a side of the box."""
    words = [question.kind.value, *["practical"] * (not question.need), *["private"] * question.private]
    options = (f"<o{number}> {_field(option.id)}" for number, option in enumerate(question.options))
    label = "|".join([f"<ask> {_field(_with(question.id, words))}", *options])
    dashed = "" if question.need else ", style=dashed"
    return f'{_name("question", question.id)} [label="{label}", {_tooltip(question.ask.me)}{dashed}]'


def _alerts(alerts: Iterable[Alert]) -> Iterator[str]:
    """Draw all alerts in one box, since only within a box an order is sure to be kept."""
    levels = []
    for level, group in groupby(enumerate(alerts), key=lambda each: each[1].level):
        fields = [f"<a{number}> {_alert(alert)}" for number, alert in group]
        levels.append(f"{{{{{'|'.join(fields)}}}|{_field(level.value)}}}")
    if levels:
        yield f'"alerts" [label="{"|".join(levels)}"]'


def _alert(alert: Alert) -> str:
    words = ["withholds the direction"] * alert.withholds + ["private"] * alert.private
    return _field(alert.title, _with(alert.id, words))


def _directions(directions: Iterable[Direction]) -> str:
    fields = (f"<d{number}> {_field(each.title, each.id)}" for number, each in enumerate(directions))
    return f'"directions" [label="{"|".join(fields)}"]'


def _with(name: str, words: list[str]) -> str:
    return f"{name} ({', '.join(words)})" if words else name


def _cluster(name: str, title: str, nodes: Iterable[str]) -> Iterator[str]:
    yield f"  subgraph {name} {{"
    yield f"    {_label(title)}"
    yield from (f"    {node}" for node in nodes)
    yield "  }"


def _node(name: str, label: str, tooltip: str) -> str:
    return f'  {name} [label="{label}", {SHAPES.get(label, "shape=hexagon")}, margin="0.02,0.02", {_tooltip(tooltip)}]'


def _name(noun: str, name: str) -> str:
    return f'"{_escaped(f"{noun} {name}")}"'


def _label(*lines: str) -> str:
    """Set a text of several lines, each at the left."""
    return 'label="' + "".join(_escaped(line) + r"\l" for line in lines) + '"'


def _tooltip(text: str) -> str:
    return f'tooltip="{_escaped(text)}"'


def _field(*lines: str) -> str:
    """Write lines for one field of a box, where more signs mean something."""
    return "".join(
        "".join(f"\\{sign}" if sign in "{}|<>" else sign for sign in _escaped(line)) + r"\l" for line in lines
    )


def _escaped(text: str) -> str:
    r"""Write a text for a quoted string, so that nothing in it ends the string or is read as `\N` or `&lt;`."""
    return cleaned(text).replace("\\", r"\\").replace('"', r"\"").replace("&", "&amp;")
