"""Says in plain words what is wrong with a request, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from rapidfuzz import process

from app import errors
from app.errors import DragomanError, Issue

_PLAIN = {
    "model_attributes_type": "The body must be a JSON object.",
    "model_type": "The body must be a JSON object.",
    "missing": "This is needed.",
    "string_unicode": "The text holds half of a surrogate pair.",
}
"""The framework's failures that its own words do not explain to people."""

_ELSEWHERE = {
    "as_of": "What is asked for here is not kept as it was: facts of the knowledge base carry their own days "
    "(`on`, terms, steps of relations), and numbers of changes only grow. Leave it out; the lists of events, "
    "commitments, articles, dyads and statistics take it.",
}
"""Parameters of other operations that one might expect everywhere, and why they are not there."""

_NEEDED = {"by": "Say what to group by, for instance by=country, or by=dyad&by=year."}
"""What to give for parameters that are needed."""

_COUNTED = {"too_long": "At most {max_length} can be given", "too_short": "At least {min_length} must be given"}
"""Lists with too much or too little in them."""

_QUOTED = re.compile(r"'([^']*)'")


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is most like a word, if any is."""
    found = process.extractOne(word.casefold(), list(choices), score_cutoff=60)
    return found[0] if found else None


def did_you_mean(word: object, choices: Iterable[str]) -> str:
    """The nearest choice as a question, or all of them."""
    allowed = list(choices)
    if not allowed:
        return "None is taken here."
    near = nearest(str(word), allowed)
    return f"Did you mean {near!r}?" if near else f"One of: {', '.join(allowed)}."


def explain(request: Request, error: RequestValidationError) -> DragomanError:
    """A validation failure as an error of ours."""
    found: list[dict[str, Any]] = list(error.errors())
    if any(one["type"] == "json_invalid" for one in found):
        where = next(one["loc"][-1] for one in found if one["type"] == "json_invalid")
        return errors.MalformedBodyError(f"The body is not JSON (at character {where}).")
    in_body = [one for one in found if one["loc"][0] == "body"]
    if in_body and not is_json(request):
        return _not_json()
    if not in_body:
        return parameters(found, _allowed(request, "query"))
    allowed = _allowed(request, "body")
    issues = tuple(_issue(one, allowed) for one in in_body)
    return errors.InvalidBodyError(_sentences(issues), issues)


def parameters(found: Iterable[Any], allowed: list[str]) -> errors.InvalidParameterError:
    """Failures of parameters, each placed within `query`, as an error of ours."""
    issues = tuple(_issue(one, allowed) for one in found)
    return errors.InvalidParameterError(_sentences(issues), issues)


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


def _issue(one: dict[str, Any], allowed: list[str]) -> Issue:
    place, *path = one["loc"]
    # A name or value in the message may hold what no answer may: half surrogates.
    clean = [str(part).encode(errors="replace").decode() for part in path]
    detail, hint = _words(one, clean[-1] if clean else "", place, allowed)
    if place == "body":
        return Issue(detail, pointer="".join(f"/{_escaped(part)}" for part in clean), hint=hint)
    return Issue(detail, parameter=clean[0] if clean else None, hint=hint)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _words(one: dict[str, Any], name: str, place: str, allowed: list[str]) -> tuple[str, str | None]:
    kind, context = one["type"], one.get("ctx") or {}
    if kind == "extra_forbidden":
        noun = "parameter" if place == "query" else "field"
        if name in _ELSEWHERE:
            return f"There is no {noun} {name!r} here.", _ELSEWHERE[name]
        return f"There is no {noun} {name!r}.", did_you_mean(name, allowed)
    if kind in ("enum", "literal_error"):
        value = str(one.get("input")).encode(errors="replace").decode()
        return f"Not a value that it can have: {value!r}.", did_you_mean(value, _QUOTED.findall(context["expected"]))
    if kind in _PLAIN:
        return _PLAIN[kind], _NEEDED.get(name) if kind == "missing" and place == "query" else None
    if kind == "string_pattern_mismatch":
        return f"It does not match {context['pattern']}.", "Mind capitals and blanks."
    message = _COUNTED[kind].format(**context) if kind in _COUNTED else str(one["msg"])
    message = str(context["error"]) if kind == "value_error" else message
    return message.rstrip(".") + ".", context.get("hint")


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
