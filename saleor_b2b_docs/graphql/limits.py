"""Limits on what one request may ask, counted with fragments written out.

Depth, aliases, fields of the root and cost are counted over the whole operation as it will be
executed, so that neither a fragment nor an inline fragment hides anything. A list costs its `first`
times what it lists; entities, that a gateway asks for, as many times as it names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

MAX_TOKENS = 2_000
MAX_DEPTH = 12
MAX_ALIASES = 30
MAX_ROOT_FIELDS = 10
MAX_COST = 5_000
DEFAULT_PAGE = 100
"""What a list is taken to hold whose `first` is a variable that was not given: our largest page."""
_UNPAGED = {"openDocuments": 50}
"""Lists that come whole, and what they are taken to hold."""


@dataclass(frozen=True, slots=True)
class _Weight:
    depth: int
    aliases: int
    cost: int
    fields: int
    """Only those of the selection itself, not those below them."""

    def __add__(self, other: _Weight) -> _Weight:
        return _Weight(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.cost + other.cost,
            self.fields + other.fields,
        )


_NOTHING = _Weight(0, 0, 0, 0)


class LimitsRule(ValidationRule):
    """Refuses operations beyond the limits, with `extensions.code` QUERY_TOO_COMPLEX."""

    variables: ClassVar[Mapping[str, Any]] = {}
    """As they came with the request, not checked yet."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments: dict[str, _Weight] = {}
        self._open: set[str] = set()

    def enter_operation_definition(self, node: OperationDefinitionNode, *_args: Any) -> None:
        """Weigh a whole operation before any of it is executed."""
        weight = self._weigh(node.selection_set)
        for name, value, limit in (
            ("depth", weight.depth, MAX_DEPTH),
            ("aliases", weight.aliases, MAX_ALIASES),
            ("root fields", weight.fields, MAX_ROOT_FIELDS),
            ("cost", weight.cost, MAX_COST),
        ):
            if value > limit:
                self.report_error(
                    GraphQLError(
                        f"The query is too complex: {name} {value}, at most {limit}.",
                        [node],
                        extensions={"code": "QUERY_TOO_COMPLEX"},
                    )
                )

    def _weigh(self, selections: SelectionSetNode | None) -> _Weight:
        total = _NOTHING
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                inner = self._weigh(node.selection_set)
                total += _Weight(
                    inner.depth + 1,
                    inner.aliases + (node.alias is not None),
                    1 + self._size(node) * inner.cost,
                    fields=1,
                )
            elif isinstance(node, InlineFragmentNode):
                total += self._weigh(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                total += self._weigh_fragment(node.name.value)
        return total

    def _weigh_fragment(self, name: str) -> _Weight:
        if name in self._open:  # a cycle, which another rule reports
            return _NOTHING
        # Each is weighed once: fragments that spread others twice would otherwise take for ever.
        if name not in self._fragments:
            fragment = self.context.get_fragment(name)
            self._open.add(name)
            self._fragments[name] = self._weigh(fragment.selection_set if fragment else None)
            self._open.discard(name)
        return self._fragments[name]

    def _size(self, node: FieldNode) -> int:
        """By how much a field multiplies what is below it; 1 for a plain field."""
        for argument in node.arguments:
            if argument.name.value not in ("first", "last", "representations"):
                continue
            if isinstance(argument.value, IntValueNode):
                return max(1, int(argument.value.value))
            if isinstance(argument.value, ListValueNode):
                return max(1, len(argument.value.values))
            if isinstance(argument.value, VariableNode):
                return _length(self.variables.get(argument.value.name.value))
        return _UNPAGED.get(node.name.value, 1)


def _length(value: object) -> int:
    """How much a list holds whose size is a variable of this value."""
    if isinstance(value, list):
        return max(1, len(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return max(1, value)
    return DEFAULT_PAGE


class Limits(SchemaExtension):
    """Has each request weighed together with its variables."""

    def on_operation(self) -> Iterator[None]:
        """Before anything of it is validated or executed."""
        context = self.execution_context
        rule = type("LimitsRule", (LimitsRule,), {"variables": context.variables or {}})
        context.validation_rules = (*context.validation_rules, rule)
        yield
