"""An XML element seen the way these files need: by local names, in any order.

Namespaces come and go between versions, and CommerceML 1 writes as attributes what later versions
write as elements, so an attribute answers where there is no element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NONE: Mapping[str, Any] = {}
_NOBODY: Sequence[Any] = ()
_SKIPPED = frozenset(
    {"РасчетныеСчета", "Представители", "Склады", "Подписанты", "АдресноеПоле", "ДопРасходы"}
)
"""What no fact has a place for: a third of all elements in real files, and more."""
_SKIPPED_IN_GOODS = _SKIPPED | {"ЗначенияРеквизитов", "ХарактеристикиТовара", "ЗначенияСвойств"}


class Node:
    """A copy of an element with all that is in it.

    Copied at once, since each look into an lxml element costs more than a look into a dictionary,
    and a document's fields are looked for under several names.
    """

    __slots__ = ("_attributes", "_children", "name", "value")

    def __init__(self, element: Any, name: str = "") -> None:
        self.name = name or local_name(element.tag)
        text = element.text
        self.value: str = text.strip() if text else ""
        """The element's own text, without the space around it."""
        attributes = element.items()
        self._attributes: Mapping[str, str] = dict(attributes) if attributes else _NONE
        self._children: Mapping[str, list[Node]] = _NONE
        if len(element):
            children: dict[str, list[Node]] = {}
            skipped = _SKIPPED_IN_GOODS if self.name == "Товар" else _SKIPPED
            for child in element:
                tag = child.tag
                # The rest are references to entities, which nobody declared.
                if not isinstance(tag, str):
                    continue
                child_name = tag[tag.rfind("}") + 1 :]
                if child_name in skipped:
                    continue
                node = Node(child, child_name)
                if child_name in children:
                    children[child_name].append(node)
                else:
                    children[child_name] = [node]
            self._children = children

    @property
    def is_of_attributes(self) -> bool:
        """Whether it is written as CommerceML 1 writes: its own figures as attributes."""
        return len(self._attributes) > 1

    def text(self, *names: str) -> str:
        """The text of the first child, or attribute, of these names that has one; else empty."""
        children, attributes = self._children, self._attributes
        for name in names:
            if name in children:
                for child in children[name]:
                    if child.value:
                        return child.value
            if attributes and name in attributes:
                text = attributes[name].strip()
                if text:
                    return text
        return ""

    def line(self, *names: str) -> str:
        """As `text`, on one line."""
        text = self.text(*names)
        return " ".join(text.split()) if text else ""

    def first(self, name: str) -> Node | None:
        """The first child of a name."""
        children = self._children.get(name)
        return children[0] if children else None

    def has(self, name: str) -> bool:
        """Whether there is such a child, be it empty."""
        return name in self._children

    def all(self, *path: str) -> Iterator[Node]:
        """The children at the end of a path of names, in the file's order."""
        name, *rest = path
        for child in self._children.get(name, _NOBODY):
            if rest:
                yield from child.all(*rest)
            else:
                yield child


def local_name(tag: str) -> str:
    """`Документ` of `{urn:1C.ru:commerceml_2}Документ`."""
    return tag[tag.rfind("}") + 1 :]
