"""The day a page appeared, and what says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.records import PublishedBasis
from app.sources.fields import day_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date.issued",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "publishdate", "publish-date",
    "pubdate", "publication_date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "weibo:article:create_at", "its_publication", "date",
)  # fmt: skip
_TIMES = (
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//*[@itemprop='datePublished']/@content",
    "//article//time/@datetime",
)
# A year with a month behind it: the rules of extraction read the day out of the address.
_IN_ADDRESS = re.compile(r"(?<!\d)(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])")
_LARGEST = 1 << 20
_NODES = 2000


def published(tree: HtmlElement, url: str | None, told: date | None = None) -> tuple[date, PublishedBasis] | None:
    """The day and its basis: what the feed or the page tells machines, else, unless the address has one, its words."""
    if told:
        return told, PublishedBasis.metadata
    for value in (*_linked_data(tree), *_declared(tree)):
        if day := day_of(value):
            return day, PublishedBasis.metadata
    if url and _IN_ADDRESS.search(url):
        return None
    found = _in_words(tree)
    return (found, PublishedBasis.text) if found else None


def _declared(tree: HtmlElement) -> Iterator[str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content") or "")
    yield from (metas[name] for name in _META if name in metas)
    for path in _TIMES:
        yield from map(str, tree.xpath(path)[:1])


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    """`datePublished` of the JSON-LD, that of articles before that of anything else."""
    others = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        if len(script) > _LARGEST:
            continue
        try:
            value = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            day = node.get("datePublished")
            if isinstance(day, str):
                if "Article" in str(node.get("@type")):
                    yield day
                else:
                    others.append(day)
    yield from others


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """The objects in a JSON value, outer before inner, and not without end."""
    waiting = [value]
    for one in waiting:
        if len(waiting) > _NODES:
            return
        if isinstance(one, dict):
            yield one
            waiting += [inner for inner in one.values() if isinstance(inner, dict | list)]
        elif isinstance(one, list):
            waiting += one[:100]


def _in_words(tree: HtmlElement) -> date | None:
    """What htmldate finds on the page; its bare first of January is a year without a day more often than not."""
    from htmldate import find_date  # noqa: PLC0415  a third of a second, needed only here

    try:
        found = find_date(tree, extensive_search=False, original_date=True, min_date="1995-01-01")
    except (ValueError, RecursionError, TypeError):
        return None
    day = day_of(found) if found else None
    return None if day is None or (day.month, day.day) == (1, 1) else day
