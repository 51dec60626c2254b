"""The description for people: from this server alone, under a policy that allows nothing else."""

from __future__ import annotations

import re

import httpx

from app.routers.page import DOCS as FOLDER


async def test_docs_and_all_its_files_come_from_here(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    files = [link for link in links if link.startswith("docs/files/")]
    assert len(files) == 3
    assert set(links) - set(files) == {"data:,", "openapi.json"}
    for link in files:
        answer = await client.get(f"/{link}")
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == page.headers["content-security-policy"]


async def test_nothing_runs_but_files_of_this_server(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page.text)


def test_the_licence_stands_beside_what_is_of_others() -> None:
    text = (FOLDER / "swagger-ui.LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "React" in text
    assert "validatorUrl: null" in (FOLDER / "start.js").read_text(encoding="utf-8")
