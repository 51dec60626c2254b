"""The description of the API: committed, valid, complete, with true examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.routers import examples
from app.routers.commitments import CommitmentPage
from app.routers.events import EventPage
from app.routers.problems import Problem
from app.store.documents import StoredArticle, StoredCommitment, StoredEvent

ROOT = Path(__file__).parents[2]


@pytest.fixture
def described(api: FastAPI) -> dict[str, Any]:
    return api.openapi()


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


async def test_the_committed_one_is_what_is_served(client: httpx.AsyncClient, described: dict[str, Any]) -> None:
    committed = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    assert committed == described, "run `make openapi`"
    assert (await client.get("/openapi.json")).json() == committed


def test_it_is_valid_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_operation_ids_are_clean(described: dict[str, Any]) -> None:
    assert {name: operation["operationId"] for name, operation in operations(described)} == {
        "GET /events": "list_events",
        "GET /events/stream": "stream_events",
        "GET /events/{event_id}": "get_event",
        "GET /events/{event_id}/readouts": "list_readouts",
        "GET /events/{event_id}/revisions": "list_revisions",
        "GET /events/{event_id}/corrections": "list_corrections",
        "POST /events/{event_id}/corrections": "create_correction",
        "DELETE /events/{event_id}/corrections/{correction_id}": "delete_correction",
        "POST /articles": "create_article",
        "GET /articles": "list_articles",
        "GET /articles/{article_id}": "get_article",
        "PUT /articles/{article_id}": "replace_article",
        "POST /articles/batch": "create_articles",
        "GET /events.{suffix}": "export_events",
        "GET /commitments.{suffix}": "export_commitments",
        "DELETE /articles/{article_id}": "delete_article",
        "POST /extract": "extract_events",
        "POST /fetch": "fetch_article",
        "GET /commitments": "list_commitments",
        "GET /commitments/{commitment_id}": "get_commitment",
        "GET /stats/events": "count_events",
        "GET /stats/commitments": "count_commitments",
        "GET /dyads": "list_dyads",
        "GET /dyads/{pair}": "get_dyad",
        "GET /changes": "list_changes",
        "GET /actors": "list_actors",
        "GET /actors/{actor_id}": "get_actor",
        "GET /countries": "list_countries",
        "GET /countries/{country}": "get_country",
        "GET /organizations": "list_organizations",
        "GET /organizations/{organization_id}": "get_organization",
        "GET /occasions": "list_occasions",
        "GET /occasions/{occasion_id}": "get_occasion",
        "GET /places": "list_places",
        "GET /places/{place_id}": "get_place",
        "GET /topics": "list_topics",
        "GET /event-types": "list_event_types",
        "GET /quality": "get_quality",
        "GET /health": "get_health",
    }


def test_everything_is_described(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (name, parameter["name"])
    for name, schema in described["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, value in schema.get("properties", {}).items():
            assert value.get("description") or "$ref" in value, (name, field)


def test_every_operation_documents_its_problems(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        problems = {status: shown for status, shown in operation["responses"].items() if status >= "400"}
        assert {"422", "500", "503"} <= set(problems), name
        for status, shown in problems.items():
            assert list(shown["content"]) == ["application/problem+json"], (name, status)
            for example in shown["content"]["application/problem+json"]["examples"].values():
                assert str(Problem.model_validate(example["value"]).status) == status


def test_the_examples_are_records(described: dict[str, Any]) -> None:
    models = {
        "list_events": EventPage,
        "get_event": StoredEvent,
        "get_article": StoredArticle,
        "list_commitments": CommitmentPage,
        "get_commitment": StoredCommitment,
    }
    for _, operation in operations(described):
        if model := models.get(operation["operationId"]):
            model.model_validate(operation["responses"]["200"]["content"]["application/json"]["example"])


def test_the_example_quotes_its_own_article() -> None:
    assert examples.ARTICLE.evidence
    for mark in examples.ARTICLE.evidence:
        assert examples.TEXT[mark.start : mark.end] == mark.quote


async def test_the_example_can_be_posted(client: httpx.AsyncClient) -> None:
    answer = await client.post("/articles", json=examples.INPUT)
    assert answer.status_code == 201
    assert answer.json()["id"] == examples.ARTICLE_ID
