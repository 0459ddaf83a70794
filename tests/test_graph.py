"""The drawing of a questionnaire: read back with a strict reader, it means just what the rules and gates mean."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as some

import iop_fit
from iop_fit.domain.condition import Need
from iop_fit.domain.guidance import Rule
from iop_fit.domain.question import Question, Section, Wording
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load_questionnaire
from iop_fit.report.graph_edges import joints_of, links_of
from iop_fit.report.to_graph import graph_text
from iop_fit.text import cleaned
from questionnaires_at_random import questionnaire_at_random, written

HERE = Path(__file__).parent / "questionnaires"
VALID = {"folder": HERE / "valid" / "folder", "minimal": HERE / "valid" / "minimal.yaml"}
GRAPHS = HERE / "graphs"

TOKEN = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"|->|[{}\[\]=,;:]|[A-Za-z0-9_.]+|\s+')
FIELD = re.compile(r"(?P<sign>[{}|])|(?:<(?P<port>\w+)> )?(?P<text>(?:[^\\{}|<>]|\\.)*)")

Attributes = dict[str, str]


class End(NamedTuple):
    node: str
    port: str = ""


class Edge(NamedTuple):
    tail: End
    head: End
    attributes: Attributes


class Graph:
    """Reads the few kinds of statement that a drawing is made of; anything else is an error."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.nodes: dict[str, Attributes] = {}
        self.clusters: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.ranks: dict[str, list[str]] = {}
        self.edges: list[Edge] = []
        self.take("digraph")
        self.name = self.quoted()
        self.take("{")
        while not self.here("}"):
            self.statement(self.name)
        self.take("}")
        assert self.tokens == []
        ends = [(end.node, end.port) for edge in self.edges for end in (edge.tail, edge.head)]
        assert {node for node, _ in ends} <= set(self.nodes), "an edge's end is no declared node"
        assert {(node, port) for node, port in ends if port} <= {
            (node, port) for node in self.nodes for port, _ in fields(self.nodes[node]["label"])
        }, "an edge's end is no declared port"

    def here(self, token: str) -> bool:
        return self.tokens[0] == token

    def take(self, token: str = "") -> str:
        assert not token or self.here(token), f"{token} expected, not {self.tokens[:5]}"
        return self.tokens.pop(0)

    def quoted(self) -> str:
        assert self.tokens[0][0] == '"', self.tokens[:5]
        return self.take()[1:-1].replace('\\"', '"')

    def statement(self, inside: str) -> None:
        if self.tokens[0] in ("graph", "node", "edge"):
            self.take()
            self.attributes()
        elif self.here("label"):
            self.take()
            self.take("=")
            self.labels[inside] = self.quoted()
        elif self.here("subgraph"):
            self.cluster()
        elif self.here("{"):
            self.rank()
        else:
            self.node_or_edge(inside)

    def attributes(self) -> Attributes:
        read: Attributes = {}
        self.take("[")
        while not self.here("]"):
            key = self.take()
            assert re.fullmatch(r"[a-z]+", key)
            assert key not in read
            self.take("=")
            read[key] = self.quoted() if self.tokens[0][0] == '"' else self.take()
            if not self.here("]"):
                self.take(",")
        self.take("]")
        return read

    def cluster(self) -> None:
        self.take("subgraph")
        name = self.quoted()
        assert name.startswith("cluster ")
        assert name not in self.clusters
        self.clusters[name] = []
        self.take("{")
        while not self.here("}"):
            self.statement(name)
        self.take("}")

    def rank(self) -> None:
        for token in ("{", "rank", "="):
            self.take(token)
        rank = self.take()
        self.take(";")
        self.ranks[rank] = []
        while not self.here("}"):
            self.ranks[rank].append(self.quoted())
            self.take(";")
        self.take("}")

    def end(self) -> End:
        node, port = self.quoted(), ""
        if self.here(":"):
            self.take()
            port = self.take()
            self.take(":")
            assert self.take() in ("e", "w")
        return End(node, port)

    def node_or_edge(self, inside: str) -> None:
        end = self.end()
        if self.here("->"):
            self.take()
            head = self.end()
            self.edges.append(Edge(end, head, self.attributes() if self.here("[") else {}))
        else:
            assert end.port == ""
            assert end.node not in self.nodes
            self.nodes[end.node] = self.attributes()
            if inside != self.name:
                self.clusters[inside].append(end.node)

    def into(self, end: End) -> list[End]:
        return [edge.tail for edge in self.edges if edge.head == end]


def tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        match = TOKEN.match(text, place)
        assert match, f"no token: {text[place : place + 40]!r}"
        place = match.end()
        if not match[0].isspace():
            yield match[0]


def shown(text: str) -> str:
    """Return what Graphviz shows for an escaped text, its lines parted by line ends."""
    plain = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "l" else match[1], text)
    return re.sub(r"&#?\w+;", lambda match: unescape(match[0]), plain).removesuffix("\n")


def fields(label: str) -> list[tuple[str, str]]:
    """Return the ports and texts of a record's fields, and make sure that its braces are balanced."""
    depth, place, read = 0, 0, []
    while place < len(label):
        match = FIELD.match(label, place)
        assert match
        assert match.end() > place, f"no field: {label[place:]!r}"
        place = match.end()
        depth += {"{": 1, "}": -1}.get(match["sign"], 0)
        assert depth >= 0
        if match["text"]:
            read.append((match["port"] or "", shown(match["text"])))
    assert depth == 0
    return read


class Meaning:
    """What a drawing says, told by ids; boxes and ports stand for the questionnaire's nouns in their order."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.graph = Graph(graph_text(questionnaire))
        boxes = [name for name in self.graph.nodes if name.startswith("question ")]
        self.questions = dict(zip(boxes, questionnaire.questions.values(), strict=True))
        self.reach = {
            End(box, f"o{number}"): question.reach[option.id]
            for box, question in self.questions.items()
            for number, option in enumerate(question.options)
        }
        self.targets = {
            **{End("alerts", f"a{place}"): each.id for place, each in enumerate(questionnaire.alerts_strongest_first)},
            **{End("directions", f"d{place}"): each.id for place, each in enumerate(questionnaire.directions)},
        }

    def ways(self, begin: End) -> set[Need]:
        """Return the needs of which one must be met for a line to begin here."""
        if begin in self.reach:
            return {self.reach[begin]}
        return self.together(begin)

    def together(self, joint: End) -> set[Need]:
        label, into = self.graph.nodes[joint.node]["label"], self.graph.into(joint)
        assert len(into) > 1 or label == "opens"
        number = {"any": 1, "opens": 1, "all": len(into)}.get(label) or int(label.removesuffix(f" of {len(into)}"))
        ways = [self.ways(end) for end in into]
        assert label == "all" or len(set().union(*ways)) == sum(map(len, ways)), "two lines say the same"
        return {frozenset().union(*needs) for chosen in combinations(ways, number) for needs in product(*chosen)}

    def needs(self, end: End) -> set[Need]:
        return {need for begin in self.graph.into(end) for need in self.ways(begin)}

    def raised(self) -> dict[str, set[Need]]:
        return {target: self.needs(end) for end, target in self.targets.items()}

    def gates(self) -> dict[str, set[Need]]:
        return {question.id: self.needs(End(box, "ask")) for box, question in self.questions.items()}


def said_by_rules(questionnaire: Questionnaire) -> dict[str, set[Need]]:
    targets = [alert.id for alert in questionnaire.alerts_strongest_first]
    targets += [direction.id for direction in questionnaire.directions]
    return {
        target: {need for rule in questionnaire.rules if rule.raises == target for need in rule.said}
        for target in targets
    }


def gates_of(questionnaire: Questionnaire) -> dict[str, set[Need]]:
    return {question.id: set(question.gate) for question in questionnaire.questions.values()}


def at_random(seed: int, folder: Path) -> Questionnaire:
    path = folder / "random.yaml"
    path.write_text(written(questionnaire_at_random(seed)))
    return load_questionnaire(path)


@pytest.fixture(scope="module", params=["bundled", *VALID, *range(30)])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    if isinstance(request.param, int):
        return at_random(request.param, tmp_path_factory.mktemp("random"))
    return iop_fit.load(VALID.get(request.param))


# The whole text


def test_graphs_are_equal_to_the_golden_files(update_golden: bool) -> None:
    expected = {f"{name}.dot": graph_text(load_questionnaire(path)) for name, path in VALID.items()}
    if update_golden:
        GRAPHS.mkdir(exist_ok=True)
        for orphan in {path.name for path in GRAPHS.iterdir()} - set(expected):
            (GRAPHS / orphan).unlink()
        for name, text in expected.items():
            (GRAPHS / name).write_text(text)
    assert {path.name: path.read_text() for path in GRAPHS.iterdir()} == expected


# What it means


def test_graph_raises_just_what_the_rules_say(drawn: Questionnaire) -> None:
    assert Meaning(drawn).raised() == said_by_rules(drawn)


def test_graph_opens_just_what_the_gates_open(drawn: Questionnaire) -> None:
    assert Meaning(drawn).gates() == gates_of(drawn)


def test_graph_has_no_edge_that_leads_nowhere(drawn: Questionnaire) -> None:
    graph = Graph(graph_text(drawn))
    joints = {name for name in graph.nodes if name.split(" ")[0] in ("any", "joint", "gate")}
    assert {edge.tail.node for edge in graph.edges} >= joints
    assert {edge.head.node for edge in graph.edges if edge.head.port == ""} == joints
    assert {edge.tail.node for edge in graph.edges if edge.tail.port == ""} == joints
    dotted = {edge.head.node for edge in graph.edges if edge.attributes.get("style") == "dotted"}
    assert dotted == {
        end
        for question in drawn.questions.values()
        if question.gate
        for end in (f"gate {question.id}", f"question {question.id}")
    }
    assert len({(edge.tail, edge.head) for edge in graph.edges}) == len(graph.edges)


def test_graph_draws_everything_in_the_order_of_the_file(drawn: Questionnaire) -> None:
    graph = Graph(graph_text(drawn))
    sections = {
        f"cluster section {section.id}": [f"question {question.id}" for question in section.questions]
        for section in drawn.sections
    }
    assert graph.clusters == sections | {"cluster alerts": ["alerts"], "cluster directions": ["directions"]}
    assert [shown(graph.labels[name]) for name in sections] == [section.title for section in drawn.sections]
    assert graph.ranks == {
        "min": [name for names in sections.values() for name in names],
        "max": ["alerts", "directions"],
    }
    for question in drawn.questions.values():
        box = graph.nodes[f"question {question.id}"]
        (_, head), *options = fields(box["label"])
        assert (head, [text for _, text in options]) == (heading(question), [option.id for option in question.options])
        assert (shown(box["tooltip"]), "style" in box) == (question.ask.me, not question.need)


def heading(question: Question) -> str:
    words = [question.kind.value]
    words += [] if question.need else ["practical"]
    words += ["private"] if question.private else []
    return f"{question.id} ({', '.join(words)})"


def test_graph_lists_alerts_by_level_and_directions_from_the_least(drawn: Questionnaire) -> None:
    graph = Graph(graph_text(drawn))
    levels = list(dict.fromkeys(alert.level for alert in drawn.alerts_strongest_first))
    listed = []
    for level in levels:
        for alert in drawn.alerts_strongest_first:
            if alert.level is level:
                words = ["withholds the direction"] * alert.withholds + ["private"] * alert.private
                listed.append(f"{alert.title}\n{alert.id}" + (f" ({', '.join(words)})" if words else ""))
        listed.append(level.value)
    assert [text for _, text in fields(graph.nodes["alerts"]["label"])] == listed
    assert [text for _, text in fields(graph.nodes["directions"]["label"])] == [
        f"{direction.title}\n{direction.id}" for direction in drawn.directions
    ]


def test_graph_names_every_rule_at_a_line(drawn: Questionnaire) -> None:
    told = [edge.attributes["tooltip"] for edge in Graph(graph_text(drawn)).edges if "tooltip" in edge.attributes]
    assert {rule for rules in told for rule in rules.split(", ")} == {rule.id for rule in drawn.rules}


def test_graph_of_the_bundled_questionnaire_has_few_enough_lines_to_be_read(questionnaire: Questionnaire) -> None:
    needs = sum(len(need) for rule in questionnaire.rules for need in rule.said)
    assert (len(Graph(graph_text(questionnaire)).edges) < 300, needs > 800) == (True, True)


# Texts that would like to be more than texts

HOSTILE = (
    '"]; "evil" -> "evil"; "',
    "\\",
    '\\"',
    "\\N \\G \\l \\n",
    "<b>bold</b>",
    "<TABLE></TABLE>>",
    "a|b {c} <o1> }{",
    "&lt;b&gt; & &#60; &quot;",
    "line\nline\r\n} // # /* \u2028 \x00 \x1b[31m",
    ":e -> x [label=<i>]",
    "\ud800 \u202e",
    "   ",
)


def spoiled(questionnaire: Questionnaire, text: str) -> Questionnaire:
    """Put a text behind every id and title that is drawn."""

    def need(said: Need) -> Need:
        return frozenset((question + text, option + text) for question, option in said)

    def question(each: Question) -> Question:
        return replace(
            each,
            id=each.id + text,
            ask=Wording(text, text),
            options=tuple(option._replace(id=option.id + text) for option in each.options),
            gate=tuple(map(need, each.gate)),
        )

    def section(each: Section) -> Section:
        return each._replace(id=each.id + text, title=each.title + text, questions=tuple(map(question, each.questions)))

    return replace(
        questionnaire,
        id=questionnaire.id + text,
        title=questionnaire.title + text,
        sections=tuple(map(section, questionnaire.sections)),
        alerts=tuple(each._replace(id=each.id + text, title=each.title + text) for each in questionnaire.alerts),
        directions=tuple(
            each._replace(id=each.id + text, title=each.title + text) for each in questionnaire.directions
        ),
        rules=tuple(
            rule._replace(id=rule.id + text, raises=rule.raises + text, said=frozenset(map(need, rule.said)))
            for rule in questionnaire.rules
        ),
    )


def texts_of(graph: Graph) -> list[str]:
    boxes = [shown_field for name in graph.nodes for _, shown_field in fields(graph.nodes[name]["label"])]
    return [*boxes, *map(shown, graph.labels.values())]


@pytest.mark.parametrize("text", HOSTILE)
def test_graph_lets_no_text_break_out(text: str) -> None:
    questionnaire = load_questionnaire(VALID["folder"])
    meaning = Meaning(spoiled(questionnaire, text))
    plain = Graph(graph_text(questionnaire))
    assert len(meaning.graph.nodes) == len(plain.nodes)
    assert len(meaning.graph.edges) == len(plain.edges)
    assert meaning.raised() == said_by_rules(spoiled(questionnaire, text))
    assert meaning.gates() == gates_of(spoiled(questionnaire, text))
    marked = texts_of(Graph(graph_text(spoiled(questionnaire, "MARK"))))
    assert texts_of(meaning.graph) == [
        "\n".join(cleaned(line.replace("MARK", text)) for line in each.split("\n")) for each in marked
    ]


# How needs are gathered


def meant_by(needs: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return sorted(
        tuple(sorted(need))
        for joint in joints_of(needs)
        for chosen in combinations(joint.choices, joint.number)
        for need in product(*chosen)
    )


@given(some.sets(some.sets(some.integers(0, 6), min_size=1, max_size=4).map(lambda need: tuple(sorted(need)))))
def test_joints_ask_for_each_need_once_and_for_nothing_else(needs: set[tuple[int, ...]]) -> None:
    assert meant_by(needs) == sorted(needs)


@pytest.mark.parametrize(
    ("needs", "joints"),
    [
        ([(1,), (2,)], [(1, ((1, 2),))]),
        ([(1, 2)], [(2, ((1,), (2,)))]),
        ([(1, 3), (1, 4), (2, 3), (2, 4)], [(2, ((1, 2), (3, 4)))]),
        ([(1, 2), (1, 3), (2, 3)], [(2, ((1,), (2,), (3,)))]),
        ([(1, 2), (1, 3), (1, 4), (2, 3), (2, 4)], [(2, ((1,), (2,), (3, 4)))]),
        ([(1, 2), (3, 4)], [(2, ((1,), (2,))), (2, ((3,), (4,)))]),
        ([(1, 2), (1, 3), (4, 5)], [(2, ((4,), (5,))), (2, ((1,), (2, 3)))]),
    ],
    ids=["any", "all", "all of any", "some of", "some of any", "nothing in common", "something in common"],
)
def test_joints_are_few(needs: list[tuple[int, ...]], joints: list[tuple[int, object]]) -> None:
    assert list(joints_of(needs)) == joints


def test_links_join_rules_that_differ_in_one_choice_only_when_they_raise_the_same() -> None:
    questionnaire = load_questionnaire(VALID["folder"])
    rule = questionnaire.rules[0]

    def named(name: str, raises: str, *pairs: tuple[str, str]) -> Rule:
        return rule._replace(id=name, raises=raises, said=frozenset({frozenset(pairs)}))

    sleepless, alcohol, pills = ("sleep", "sleepless"), ("used", "alcohol"), ("used", "pills")
    rules = (
        named("drinks", "talk-today", sleepless, alcohol),
        named("takes-pills", "talk-today", sleepless, pills),
        named("also-drinks", "more", sleepless, alcohol),
        named("only-pills", "more", pills),
        named("only-alcohol", "more", alcohol),
    )
    links = links_of(replace(questionnaire, rules=rules))
    assert [(link.joint.choices, link.raises, link.rules) for link in links] == [
        (((2,), (3, 4)), "talk-today", ("drinks", "takes-pills")),
        (((4,),), "more", ("only-pills",)),
        (((3,),), "more", ("only-alcohol",)),
        (((2,), (3,)), "more", ("also-drinks",)),
    ]
