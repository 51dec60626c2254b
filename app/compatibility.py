"""Changes of the API's description that break programs written for the older one.

Two rules, after what oasdiff calls breaking: a server must go on taking all that clients may send, and clients must be
able to read all that a server may answer. Programs generated from the description are clients, too: an operation id is
part of it, and so is each value of an enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]

_TEXTS = frozenset({"description", "summary", "example", "examples", "title", "tags", "externalDocs"})
_NULL: Schema = {"type": "null"}
_ANYTHING: Schema = {}
_SMALLER_IS_STRICTER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_GREATER_IS_STRICTER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UNRELEASED = re.compile(r"^## \[Unreleased\]\s*$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BREAKING = re.compile(r"^### Breaking\s*$(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """A change that breaks clients."""

    place: str
    """`GET /events`, `GET /events?limit`, `StoredEvent.date`: what the change log names."""
    what: str
    """What happened there."""


def breaks(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Break]:
    """What breaks clients of an older description under a newer one, in order of the places."""
    found: set[Break] = set()
    after = dict(_operations(new))
    comparison = _Comparison(old, new)
    for name, operation in _operations(old):
        if name not in after:
            found.add(Break(name, "it is gone"))
        else:
            found.update(comparison.operations(name, operation, after[name]))
    return sorted(found)


def accepted(changelog: str) -> str:
    """The lines of a change log that tell of breaks of what is not released yet."""
    unreleased = _UNRELEASED.search(changelog)
    breaking = _BREAKING.search(unreleased[1]) if unreleased else None
    return breaking[1] if breaking else ""


def unaccepted(found: list[Break], changelog: str) -> list[Break]:
    """The breaks whose place the change log does not name, between backticks, under `### Breaking`."""
    said = accepted(changelog)
    return [one for one in found if f"`{one.place}`" not in said]


def bare(described: Any, *, names: bool = False) -> Any:
    """A description without texts and examples: what clients depend on. `names`: the keys here are names, not words of
    the description's own."""
    if isinstance(described, list):
        return [bare(one) for one in described]
    if not isinstance(described, dict):
        return described
    return {
        key: bare(value, names=key in ("properties", "schemas", "paths", "responses", "headers", "content"))
        for key, value in described.items()
        if names or key not in _TEXTS
    }


def _operations(described: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


@dataclass(slots=True)
class _Comparison:
    """Of two descriptions."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    seen: dict[tuple[int, int, bool], list[Break]] = field(default_factory=dict)
    """Pairs of named schemas that were compared, or are being compared: they may contain themselves."""

    def operations(self, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Break]:
        """What broke in an operation."""
        if old.get("operationId") != new.get("operationId"):
            yield Break(name, f"its operation id was {old.get('operationId')!r} and is {new.get('operationId')!r}")
        yield from self._parameters(name, old, new)
        yield from self._bodies(name, old.get("requestBody"), new.get("requestBody"))
        for status, answer in old["responses"].items():
            if status < "4":
                yield from self._answers(name, status, answer, new["responses"].get(status))

    def _parameters(self, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Break]:
        before = {(one["in"], one["name"]): one for one in old.get("parameters", ())}
        after = {(one["in"], one["name"]): one for one in new.get("parameters", ())}
        for key, one in before.items():
            place = f"{name}?{key[1]}"
            if key not in after:
                yield Break(place, "the parameter is gone")
                continue
            if after[key].get("required") and not one.get("required"):
                yield Break(place, "the parameter must be given now")
            yield from self._schemas(
                place, one.get("schema", _ANYTHING), after[key].get("schema", _ANYTHING), sent=True
            )
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield Break(f"{name}?{key[1]}", "the parameter is new and must be given")

    def _bodies(self, name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Break]:
        if new and new.get("required") and not (old and old.get("required")):
            yield Break(name, "a body must be sent now")
        for media, one in (old or {}).get("content", {}).items():
            other = (new or {}).get("content", {}).get(media)
            if other is None:
                yield Break(name, f"a body of type {media} is not taken any more")
            else:
                yield from self._schemas(
                    f"{name} body", one.get("schema", _ANYTHING), other.get("schema", _ANYTHING), sent=True
                )

    def _answers(
        self, name: str, status: str, old: Mapping[str, Any], new: Mapping[str, Any] | None
    ) -> Iterator[Break]:
        if new is None:
            yield Break(name, f"there is no answer {status} any more")
            return
        for header in old.get("headers", {}).keys() - new.get("headers", {}).keys():
            yield Break(name, f"the answer {status} has no header {header} any more")
        for media, one in old.get("content", {}).items():
            other = new.get("content", {}).get(media)
            if other is None:
                yield Break(name, f"there is no answer {status} of type {media} any more")
            else:
                yield from self._schemas(f"{name} answer", _schema(one), _schema(other), sent=False)

    def _schemas(self, place: str, old: Schema, new: Schema, *, sent: bool) -> list[Break]:
        """What broke between two schemas of what is sent to the server, or comes from it."""
        if "$ref" in old:
            place = old["$ref"].rpartition("/")[2]
        old, new = _resolved(old, self.old), _resolved(new, self.new)
        key = (id(old), id(new), sent)
        if key not in self.seen:
            self.seen[key] = []
            self.seen[key] = list(self._alternatives(place, old, new, sent=sent))
        return self.seen[key]

    def _alternatives(self, place: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[Break]:
        """Each form that may come must be one of those that are understood."""
        before, after = _forms(old), _forms(new)
        coming, understood = (before, after) if sent else (after, before)
        for one in coming:
            kind = self._kind(one)
            pairs = [(one, other) if sent else (other, one) for other in understood if _takes(self._kind(other), kind)]
            tried = [self._form(place, *pair, sent=sent) for pair in pairs]
            if not tried:
                said = kind or "anything"
                yield Break(place, f"{said} is not taken any more" if sent else f"it may be {said} now")
            elif all(tried):
                yield from min(tried, key=len)

    def _kind(self, form: Schema) -> str | None:
        """The type of what a schema describes; None where it can be anything."""
        name = form.get("$ref", "").rpartition("/")[2]
        known = (self.old["components"]["schemas"].get(name), self.new["components"]["schemas"].get(name))
        found: str | None = next((one.get("type") for one in (form, *known) if one and "type" in one), None)
        return found

    def _form(self, place: str, old: Schema, new: Schema, *, sent: bool) -> list[Break]:
        """What broke between two schemas of one kind."""
        if "$ref" in old or "$ref" in new:
            return self._schemas(place, old, new, sent=sent)
        return self._whole(place, old, new, sent=sent)

    def _whole(self, place: str, old: Schema, new: Schema, *, sent: bool) -> list[Break]:
        """What broke between two schemas of one kind."""
        found = [*self._values(place, old, new, sent=sent)]
        found += self._fields(place, old, new, sent=sent)
        if "items" in old and "items" in new:
            found += self._schemas(f"{place}[]", old["items"], new["items"], sent=sent)
        rest, other = old.get("additionalProperties"), new.get("additionalProperties")
        if isinstance(rest, Mapping) and isinstance(other, Mapping):
            found += self._schemas(f"{place}.*", rest, other, sent=sent)
        return found

    def _values(self, place: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[Break]:
        before, after = _values(old), _values(new)
        for value in sorted((before or set()) - (after or set()) if after is not None else (), key=str):
            yield Break(place, f"the value {value!r} is gone")
        if sent:
            if before is None and after is not None:
                yield Break(place, "only some values are taken now")
            yield from (Break(place, f"it is narrower: {said}") for said in _narrowed(old, new))
            return
        if before is not None and after is None:
            yield Break(place, "it may have any value now")
        for value in sorted((after or set()) - before if before is not None and after is not None else (), key=str):
            yield Break(place, f"the value {value!r} is new, and clients do not know it")
        if old.get("format") != new.get("format") and "format" in old:
            yield Break(place, f"its format was {old['format']!r} and is {new.get('format')!r}")

    def _fields(self, place: str, old: Schema, new: Schema, *, sent: bool) -> Iterator[Break]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, still = set(old.get("required", ())), set(new.get("required", ()))
        for name, one in before.items():
            if name not in after:
                if not sent or new.get("additionalProperties") is False:
                    yield Break(f"{place}.{name}", "the field is gone")
                continue
            if not sent and name in needed - still:
                yield Break(f"{place}.{name}", "the field may be missing now")
            yield from self._schemas(f"{place}.{name}", one, after[name], sent=sent)
        if sent:
            yield from (Break(f"{place}.{name}", "the field must be given now") for name in sorted(still - needed))


def _schema(of: Mapping[str, Any]) -> Schema:
    found: Schema = of.get("schema", _ANYTHING)
    return found


def _resolved(schema: Schema, described: Mapping[str, Any]) -> Schema:
    while "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _forms(schema: Schema) -> list[Schema]:
    """The alternatives of a schema, each of one kind or a reference."""
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return [form for one in schema[word] for form in _forms(one)]
    if len(schema.get("allOf", ())) == 1:
        return _forms(schema["allOf"][0])
    if isinstance(schema.get("type"), list):
        return [_NULL if one == "null" else {**schema, "type": one} for one in schema["type"]]
    return [schema]


def _takes(understood: str | None, coming: str | None) -> bool:
    return understood in (None, coming) or (understood, coming) == ("number", "integer")


def _values(schema: Schema) -> set[Any] | None:
    """The values that are possible; None where they are not listed."""
    if "const" in schema:
        return {schema["const"]}
    return set(schema["enum"]) if "enum" in schema else None


def _narrowed(old: Schema, new: Schema) -> Iterator[str]:
    """The bounds that became stricter."""
    for words, stricter in ((_SMALLER_IS_STRICTER, -1), (_GREATER_IS_STRICTER, 1)):
        for word in words:
            if word in new and (word not in old or (new[word] - old[word]) * stricter > 0):
                yield f"{word} {new[word]}"
    for word in ("pattern", "format", "multipleOf"):
        if word in new and new[word] != old.get(word):
            yield f"{word} {new[word]}"
