"""Says in plain words what is wrong with a request, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError

from app import errors
from app.errors import DragomanError, Issue
from app.routers.near import did_you_mean, one_by_one, parts_of

_PLAIN = {
    "model_attributes_type": "The body must be a JSON object",
    "model_type": "The body must be a JSON object",
    "missing": "This is needed",
    "string_unicode": "The text holds half of a surrogate pair",
    "string_type": "It must be a text",
    "string_too_short": "There is no text in it",
    "string_too_long": "It has more than {max_length} characters",
    "less_than_equal": "It must be {le} or less",
    "greater_than_equal": "It must be {ge} or more",
    "int_parsing": "Not a whole number: {value!r}",
    "int_from_float": "Not a whole number: {value!r}",
    "float_parsing": "Not a number: {value!r}",
    "finite_number": "Not a number: {value!r}",
    "bool_parsing": "Neither true nor false: {value!r}",
    "string_pattern_mismatch": "It does not match {pattern}",
    "too_long": "At most {max_length} can be given",
    "too_short": "At least {min_length} must be given",
}
"""The framework's failures in words for people."""

_ELSEWHERE = {
    "as_of": "What is asked for here is not kept as it was: facts of the knowledge base carry their own days "
    "(`on`, terms, steps of relations), and numbers of changes only grow. Leave it out; the lists of events, "
    "commitments, articles, dyads and statistics take it.",
}
"""Parameters of other operations that one might expect everywhere, and why they are not there."""

_HINTS = {
    "limit": "Take up to 200 a page and follow `next`, or have all matches at once as NDJSON or CSV: `format=ndjson`.",
    "min_confidence": "Write a share from 0 to 1, such as 0.9.",
    "amount_min": "Write a plain number, such as 1000000 or 1e6; the unit goes into `amount_unit`.",
    "amount_max": "Write a plain number, such as 1000000 or 1e6; the unit goes into `amount_unit`.",
    "has_deadline": "Write true or false.",
    "language": "Write the tag of the language in two or three small letters, such as en, vi or zh.",
    "If-Match": 'Send the `ETag` of the event as it is, or the number of its revision in quotes: "3".',
    "since": "Write the number of a change: `latest` of /changes, or 0 for all there is.",
}
"""What would be right, for parameters whose schema alone tells too little."""

_MENDED = {
    "too_long": "Leave out what is given twice, or ask several times for {max_length} at most.",
    "string_too_long": "Shorten it to {max_length} characters.",
}
"""The same for failures, whatever the parameter."""

_NEEDED = {
    ("/stats/events", "by"): "Say what to group by, for instance by=country, or by=dyad&by=year.",
    ("/stats/commitments", "by"): "Say what to group by, for instance by=kind, or by=actor&by=year.",
    ("body", "by"): "Say who you are, for everybody to read.",
    ("body", "why"): "Say why, for everybody to read.",
    ("query", "by"): "Say who you are, for everybody to read.",
    ("query", "why"): "Say why, for everybody to read.",
}
"""What to give for what is needed: at an address, or anywhere in query or body."""

_QUOTED = re.compile(r"'([^']*)'")


def explain(request: Request, error: RequestValidationError) -> DragomanError:
    """A validation failure as an error of ours."""
    found: list[dict[str, Any]] = list(error.errors())
    if any(one["type"] == "json_invalid" for one in found):
        where = next(one["loc"][-1] for one in found if one["type"] == "json_invalid")
        return malformed(f"The body is not JSON (at character {where}).")
    path = str(request.scope["route"].path)
    in_body = [one for one in found if one["loc"][0] == "body"]
    if in_body and not is_json(request):
        return _not_json()
    if in_body:
        return in_a_body(in_body, _allowed(request, "body"), path)
    in_headers = _issues([one for one in found if one["loc"][0] == "header"], [], path)
    if in_headers:
        return errors.InvalidHeaderError(_sentences(in_headers), in_headers)
    return parameters(found, _allowed(request, "query"), path)


def parameters(found: Iterable[Any], allowed: list[str], path: str = "") -> errors.InvalidParameterError:
    """Failures of parameters, each placed within `query`, as an error of ours."""
    issues = _issues(found, allowed, path)
    return errors.InvalidParameterError(_sentences(issues), issues)


def in_a_body(found: Iterable[Any], allowed: list[str], path: str) -> errors.InvalidBodyError:
    """Failures in a body, each placed within `body`, as an error of ours."""
    issues = _issues(found, allowed, path)
    return errors.InvalidBodyError(_sentences(issues), issues)


def malformed(detail: str) -> errors.MalformedBodyError:
    """A body that is no JSON."""
    hint = "Send JSON in UTF-8, with names and texts in double quotes; a line break within a text is \\n."
    return errors.MalformedBodyError(detail, (Issue(detail, hint=hint),))


_MOST = 20
"""So many failures are told; of more, nobody reads them."""


def _issues(found: Iterable[Any], allowed: list[str], path: str) -> tuple[Issue, ...]:
    return tuple(_issue(one, allowed, path) for one in islice(found, _MOST))


def _sentences(issues: tuple[Issue, ...]) -> str:
    return " ".join(_sentence(issue) for issue in issues[:5])


def is_json(request: Request) -> bool:
    """Whether the body is announced as JSON."""
    announced = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return announced == "application/json" or (announced.startswith("application/") and announced.endswith("+json"))


def _not_json() -> DragomanError:
    detail = "The body must be announced as JSON."
    hint = "Send the header Content-Type: application/json."
    return errors.UnsupportedMediaTypeError(detail, (Issue(detail, hint=hint),))


def _sentence(issue: Issue) -> str:
    where = issue.parameter or issue.pointer
    return issue.detail if not where or f"'{where}'" in issue.detail else f"{where}: {issue.detail}"


def _issue(one: dict[str, Any], allowed: list[str], path: str) -> Issue:
    place, *parts = one["loc"]
    # A name or value in the message may hold what no answer may: half surrogates.
    clean = [str(part).encode(errors="replace").decode() for part in parts]
    detail, hint = _words(one, clean[0] if clean else "", place, allowed)
    if one["type"] == "missing" and clean:
        hint = _NEEDED.get((path, clean[-1])) or _NEEDED.get((place, clean[-1]))
    if place == "body":
        return Issue(detail, pointer="".join(f"/{_escaped(part)}" for part in clean), hint=hint)
    return Issue(detail, parameter=clean[0] if clean else None, hint=hint)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _words(one: dict[str, Any], name: str, place: str, allowed: list[str]) -> tuple[str, str | None]:
    """What is wrong, and what would be right."""
    kind, context = one["type"], one.get("ctx") or {}
    value = str(one.get("input"))[:100].encode(errors="replace").decode()
    if kind == "extra_forbidden":
        noun = "field" if place == "body" else "parameter"
        # Of several parts the last is what is not known.
        name = str(one["loc"][-1]).encode(errors="replace").decode()
        if name in _ELSEWHERE:
            return f"There is no {noun} {name!r} here.", _ELSEWHERE[name]
        return f"There is no {noun} {name!r}.", did_you_mean(name, allowed, noun)
    if kind in ("enum", "literal_error"):
        choices = _QUOTED.findall(context["expected"])
        several = one_by_one(name, value, [part in choices for part in parts_of(value)])
        return f"Not a value that it can have: {value!r}.", several or did_you_mean(value, choices)
    if kind in ("model_attributes_type", "model_type") and isinstance(one.get("input"), list):
        return f"{_PLAIN[kind]}.", "Send several articles to /articles/batch."
    if kind in _PLAIN:
        hint = _HINTS.get(name) or _MENDED.get(kind)
        return f"{_PLAIN[kind].format(**context, value=value)}.", hint and hint.format(**context)
    message = str(context["error"]) if kind == "value_error" else str(one["msg"])
    return f"{message.rstrip('.')}.", context.get("hint")


def _allowed(request: Request, place: str) -> list[str]:
    dependant: Dependant = request.scope["route"].dependant
    if place == "query":
        return [name for one in flat(dependant) for name in _names(one.query_params)]
    return _names(dependant.body_params)


def flat(dependant: Dependant) -> list[Dependant]:
    """What an operation depends on, itself first, at any depth."""
    return [dependant, *(deeper for one in dependant.dependencies for deeper in flat(one))]


def _names(params: list[Any]) -> list[str]:
    """Names of parameters; of their fields where a model gathers them."""
    names: list[str] = []
    for param in params:
        fields = getattr(param.field_info.annotation, "model_fields", None)
        names += [param.alias] if fields is None else list(fields)
    return names
