"""Every small change to a module that its tests should notice: mutants, made from its syntax tree."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple, TypeVar

__all__ = ["Mutant", "mutants_of"]

COMPARED_AS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED_AS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.BitOr: (ast.BitAnd, ast.BitXor),
    ast.BitAnd: (ast.BitOr,),
}
CALLED_AS = {"min": "max", "max": "min", "any": "all", "all": "any"}
PASSED_ON = ("sorted", "set", "frozenset", "tuple", "list", "minimal", "filter", "map")
"""What may be left out of the way, so that its last argument stands there alone."""

Changed = TypeVar("Changed", bound=ast.AST)


class Mutant(NamedTuple):
    """A module with one small change."""

    line: int
    change: str
    tree: ast.Module


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield each mutant once; what only types, exports or describes is left as it is."""
    tree = ast.parse(source)
    seen = {ast.dump(tree)}
    for parent, field, place, node in list(_spots(tree)):
        for instead in _instead_of(node, parent, field):
            _put(parent, field, place, instead)
            mutated = ast.fix_missing_locations(deepcopy(tree))
            _put(parent, field, place, node)
            if ast.dump(mutated) not in seen:
                seen.add(ast.dump(mutated))
                yield Mutant(_line(node), f"{_shown(node)}  ->  {_shown(instead)}", mutated)


def _put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _line(node: ast.AST) -> int:
    return min(each.lineno for each in ast.walk(node) if isinstance(each, (ast.expr, ast.stmt, ast.pattern)))


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(deepcopy(node))).split())
    return text if len(text) <= 150 else f"{text[:100]} ... {text[-45:]}"


def _spots(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _left_alone(node, field, child):
                yield node, field, place, child
                yield from _spots(child)


def _left_alone(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Types, exports, docstrings and assertions: the type checker and the linter watch those."""
    if field in ("annotation", "returns", "decorator_list", "bases", "ctx", "func") and not (
        field == "decorator_list" and isinstance(child, ast.Call)
    ):
        return field != "func" or isinstance(child, ast.Subscript)
    match child:
        case ast.Import() | ast.ImportFrom() | ast.Assert():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) if isinstance(parent, ast.Module):
            return name == "__all__" or not name.isupper()
        case ast.AnnAssign(value=None):
            return True
        case ast.match_case(body=[ast.Expr(value=ast.Call(func=ast.Name(id="assert_never")))]):
            return True
        case _:
            return False


def _instead_of(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    match node:
        case ast.stmt():
            yield from _other_statements(node, parent)
        case ast.Tuple() | ast.List() | ast.Set() if field != "slice" and not _assigned(node):
            yield from _shorter(node, "elts")
        case ast.expr():
            yield from _other_expressions(node)
        case ast.comprehension():
            for place, condition in enumerate(node.ifs):
                rest = [*node.ifs[:place], *node.ifs[place + 1 :]]
                yield _with(node, "ifs", rest)
                yield _with(node, "ifs", [*rest, _negated(condition)])
        case ast.MatchOr():
            yield from _shorter(node, "patterns")
        case _:
            pass


def _other_expressions(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.Constant():
            yield from map(ast.Constant, _other_values(node.value))
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.BinOp(left=left, op=op, right=right):
            yield from (_with(node, "op", computed()) for computed in COMPUTED_AS.get(type(op), ()))
            yield from (left, right)
        case ast.BoolOp(op=op, values=values):
            yield _with(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
            yield from values if len(values) == 2 else _shorter(node, "values")
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.Call():
            yield from _other_calls(node)
        case ast.Slice():
            yield from (_with(node, end, None) for end in ("lower", "upper") if getattr(node, end))
        case _:
            pass


def _other_comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for other in COMPARED_AS[type(op)]:
            yield _with(node, "ops", [*node.ops[:place], other(), *node.ops[place + 1 :]])


def _assigned(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _closed(cases: list[ast.match_case]) -> bool:
    return _left_alone(cases[-1], "cases", cases[-1])


def _other_values(value: object) -> Iterator[bool | int | str]:
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1)
        case str():
            yield f"XX{value}" if value else "XX"
        case None:
            yield False
        case _:
            pass


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    """Another function, one argument fewer, two arguments swapped, or the argument alone."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in CALLED_AS:
        yield _with(node, "func", ast.Name(CALLED_AS[name], ast.Load()))
    if name in PASSED_ON and node.args and not isinstance(node.args[-1], ast.Starred):
        yield node.args[-1]
    yield from _shorter(node, "keywords")
    if len(node.args) > 1:
        yield from _shorter(node, "args")
    for place in range(len(node.args) - 1):
        before, (one, other), after = node.args[:place], node.args[place : place + 2], node.args[place + 2 :]
        yield _with(node, "args", [*before, other, one, *after])


def _other_statements(node: ast.stmt, parent: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test) | ast.While(test=test):
            yield _with(node, "test", _negated(test))
            yield from (_with(node, "test", ast.Constant(value)) for value in (True, False))
        case ast.For():
            yield _with(node, "iter", ast.Tuple([], ast.Load()))
        case ast.Match(cases=cases):
            closed = _closed(cases)  # only for the type checker
            shorter = [[*cases[:place], *cases[place + 1 :]] for place in range(len(cases))]
            yield from (_with(node, "cases", each) for each in shorter if each and _closed(each) is closed)
        case ast.Return(value=value) if value and not (isinstance(value, ast.Constant) and value.value is None):
            yield _with(node, "value", None)
        case ast.Continue() | ast.Break():
            yield from (ast.Break() if isinstance(node, ast.Continue) else ast.Continue(), ast.Pass())
        case ast.AugAssign(op=op):
            yield from (_with(node, "op", computed()) for computed in COMPUTED_AS.get(type(op), ()))
            yield from _without(node)
        case ast.Expr() | ast.Raise():
            yield from _without(node)
        case ast.Assign() | ast.AnnAssign() if not isinstance(parent, ast.ClassDef):
            yield _with(node, "value", ast.Constant(None))


def _without(node: ast.stmt) -> Iterator[ast.AST]:
    yield ast.copy_location(ast.Pass(), node)


def _negated(condition: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), condition)


def _shorter(node: ast.AST, field: str) -> Iterator[ast.AST]:
    all_of_it = getattr(node, field)
    for place in range(len(all_of_it)):
        yield _with(node, field, [*all_of_it[:place], *all_of_it[place + 1 :]])


def _with(node: Changed, field: str, value: object) -> Changed:
    fields = {name: getattr(node, name, None) for name in node._fields}
    return ast.copy_location(type(node)(**{**fields, field: value}), node)
