"""What breaks clients is named, and what does not is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.compatibility import Break, bare, breaks, unaccepted

ROOT = Path(__file__).parents[1]
Described = dict[str, Any]

OLD: Described = {
    "paths": {
        "/events": {
            "get": {
                "operationId": "list_events",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 200}},
                    {"name": "sort", "in": "query", "schema": {"$ref": "#/components/schemas/Order"}},
                ],
                "responses": {
                    "200": {
                        "headers": {"Link": {}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}},
                    },
                    "404": {"description": "None"},
                },
            },
            "post": {
                "operationId": "create_event",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Input"}}}},
                "responses": {"201": {"description": "Made"}},
            },
        }
    },
    "components": {
        "schemas": {
            "Order": {"type": "string", "enum": ["date", "-date"]},
            "Event": {
                "type": "object",
                "required": ["id", "type"],
                "properties": {
                    "id": {"type": "string"},
                    "type": {"enum": ["meeting", "visit"], "type": "string"},
                    "day": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
                    "part_of": {"anyOf": [{"$ref": "#/components/schemas/Event"}, {"type": "null"}]},
                    "topics": {"type": "array", "items": {"type": "string"}},
                    "share": {"type": "number"},
                },
            },
            "Input": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text"],
                "properties": {
                    "text": {"type": "string", "maxLength": 100},
                    "url": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                },
            },
        }
    },
}


def at(described: Described, path: str) -> Any:
    """What stands at a path: names separated by spaces."""
    for name in path.split():
        described = described[int(name) if isinstance(described, list) else name]
    return described


def put(path: str, value: Any) -> Callable[[Described], None]:
    parent, _, last = path.rpartition(" ")
    return lambda described: at(described, parent).__setitem__(last, value)


def drop(path: str) -> Callable[[Described], None]:
    parent, _, last = path.rpartition(" ")

    def dropped(described: Described) -> None:
        of = at(described, parent)
        of.pop(int(last) if isinstance(of, list) else last)

    return dropped


def add(path: str, value: Any) -> Callable[[Described], None]:
    return lambda described: at(described, path).append(value)


GET, POST = "paths /events get", "paths /events post"
EVENT, INPUT = "components schemas Event", "components schemas Input"
NULL = {"type": "null"}


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (drop("paths /events"), "GET /events", "gone"),
        (drop(POST), "POST /events", "gone"),
        (put(f"{GET} operationId", "events"), "GET /events", "operation id was 'list_events' and is 'events'"),
        (drop(f"{GET} parameters 0"), "GET /events?limit", "gone"),
        (put(f"{GET} parameters 0 required", True), "GET /events?limit", "must be given"),
        (put(f"{GET} parameters 0 in", "header"), "GET /events?limit", "gone"),
        (put(f"{GET} parameters 0 schema maximum", 100), "GET /events?limit", "narrower: maximum 100"),
        (put(f"{GET} parameters 0 schema minimum", 1), "GET /events?limit", "narrower: minimum 1"),
        (put(f"{GET} parameters 0 schema", {"type": "string"}), "GET /events?limit", "integer is not taken"),
        (put(f"{GET} parameters 0 schema", {"enum": [10], "type": "integer"}), "GET /events?limit", "only some values"),
        (add(f"{GET} parameters", {"name": "key", "in": "query", "required": True}), "GET /events?key", "is new"),
        (put("components schemas Order enum", ["date"]), "Order", "the value '-date' is gone"),
        (drop(f"{GET} responses 200"), "GET /events", "no answer 200"),
        (drop(f"{GET} responses 200 headers Link"), "GET /events", "no header Link"),
        (put(f"{GET} responses 200 content", {"text/csv": {}}), "GET /events", "of type application/json any more"),
        (drop(f"{EVENT} properties topics"), "Event.topics", "the field is gone"),
        (put(f"{EVENT} required", ["id"]), "Event.type", "may be missing"),
        (put(f"{EVENT} properties type enum", ["meeting"]), "Event.type", "'visit' is gone"),
        (put(f"{EVENT} properties type enum", ["meeting", "visit", "call"]), "Event.type", "'call' is new"),
        (put(f"{EVENT} properties type", {"type": "string"}), "Event.type", "any value"),
        (put(f"{EVENT} properties id", {"anyOf": [{"type": "string"}, NULL]}), "Event.id", "may be null now"),
        (put(f"{EVENT} properties id", {"type": ["string", "null"]}), "Event.id", "may be null now"),
        (put(f"{EVENT} properties day", {"anyOf": [{"type": "string"}, NULL]}), "Event.day", "format was 'date'"),
        (put(f"{EVENT} properties topics items", {"type": "integer"}), "Event.topics[]", "may be integer now"),
        (put(f"{POST} requestBody required", True), "POST /events", "body must be sent"),
        (drop(f"{POST} requestBody"), "POST /events", "body of type application/json is not taken"),
        (add(f"{INPUT} required", "url"), "Input.url", "must be given"),
        (drop(f"{INPUT} properties url"), "Input.url", "the field is gone"),
        (put(f"{INPUT} properties url", {"type": "string"}), "Input.url", "null is not taken"),
        (put(f"{INPUT} properties text maxLength", 50), "Input.text", "narrower: maxLength 50"),
        (put(f"{INPUT} properties text pattern", "^a"), "Input.text", "narrower: pattern"),
    ],
)
def test_a_break_is_named(change: Callable[[Described], None], place: str, what: str) -> None:
    new = copy.deepcopy(OLD)
    change(new)
    found = breaks(OLD, new)
    assert any(one.place == place and what in one.what for one in found), found
    assert len(found) <= 2, found


@pytest.mark.parametrize(
    "change",
    [
        put("paths /more", {"get": {"operationId": "more", "responses": {}}}),
        add(f"{GET} parameters", {"name": "q", "in": "query", "schema": {"type": "string"}}),
        put(f"{GET} parameters 0 schema", {"type": "number", "maximum": 500}),
        put(f"{GET} parameters 0 schema", {"anyOf": [{"type": "integer"}, NULL]}),
        put("components schemas Order enum", ["date", "-date", "updated"]),
        drop(f"{GET} responses 404"),
        put(f"{GET} responses 200 content text/csv", {}),
        put(f"{EVENT} properties more", {"type": "string"}),
        put(f"{EVENT} properties day", {"type": "string", "format": "date"}),
        put(f"{EVENT} properties share", {"type": "integer"}),
        put(f"{EVENT} required", ["id", "type", "day"]),
        put(f"{INPUT} properties title", {"type": "string"}),
        put(f"{INPUT} properties text", {"type": "string"}),
        put(f"{EVENT} description", "An event."),
    ],
)
def test_what_breaks_nobody_is_not(change: Callable[[Described], None]) -> None:
    new = copy.deepcopy(OLD)
    change(new)
    assert breaks(OLD, new) == []


def test_the_change_log_accepts_a_break_knowingly() -> None:
    found = [Break("GET /events?limit", "the parameter is gone"), Break("Event.day", "the field is gone")]
    log = "## [Unreleased]\n### Added\n- `Event.day`\n\n### Breaking\n\n- `GET /events?limit` is `size`.\n\n## [1.0]\n"
    assert unaccepted(found, log) == found[1:]
    assert unaccepted(found, log.replace("Unreleased", "2.0")) == found


def test_the_bare_description_is_as_good_as_the_whole_and_names_are_no_texts() -> None:
    described = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    shown = bare(described)
    assert breaks(described, shown) == breaks(shown, described) == []
    assert {"title", "summary"} & set(shown["components"]["schemas"]["StoredEvent"]["properties"])
    assert len(json.dumps(shown)) < len(json.dumps(described)) / 2


def test_the_command_names_what_broke_and_fails(tmp_path: Path) -> None:
    old = json.loads((ROOT / "tests/openapi_accepted.json").read_text(encoding="utf-8"))
    old["paths"]["/events"]["get"]["parameters"].append({"name": "former", "in": "query"})
    (tmp_path / "old.json").write_text(json.dumps(old), encoding="utf-8")
    done = CliRunner().invoke(app, ["openapi", "--compare", str(tmp_path / "old.json")])
    assert done.exit_code == 1
    assert "`GET /events?former`: the parameter is gone" in done.stdout.splitlines()
    assert "`### Breaking`" in done.stderr
    log = tmp_path / "log.md"
    log.write_text("## [Unreleased]\n### Breaking\n- `GET /events?former`: nobody used it.\n", encoding="utf-8")
    accepting = ["openapi", "--compare", str(tmp_path / "old.json"), "--changelog", str(log)]
    assert CliRunner().invoke(app, accepting).exit_code == 0
    (tmp_path / "old.json").write_text("[]", encoding="utf-8")
    assert CliRunner().invoke(app, ["openapi", "--compare", str(tmp_path / "old.json")]).exit_code == 1
