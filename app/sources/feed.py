"""RSS and Atom feeds: an entry that carries its article is read as it is, of any other the page is fetched.

A feed that has not changed is not sent again (ETag, Last-Modified), an entry that was read once is not read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from app.errors import SourceError
from app.sources.found import Found, Note, Page
from app.sources.limits import Options
from app.sources.web import Answer, Web

_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ARTICLE = 600
"""Characters of text from which on an entry is an article and no teaser."""
_SEEN = 2000
"""So many entries of a feed are remembered; feeds carry 10 to 200."""


def is_feed(head: bytes) -> bool:
    """Whether what begins so is a feed."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048]
    found = _START.search(start)
    return start.startswith(b"<") and bool(found) and b"<html" not in start[: found.start() if found else 0].lower()


def entries(data: bytes, where: str) -> Iterator[Found]:
    """What a feed that lies here carries by itself; an entry that only points to its page is told."""
    for entry in _parsed(data, where):
        page = _page(entry)
        yield page or SourceError("only a teaser; give the address of the feed to have its pages fetched", _name(entry))


def polled(url: str, web: Web, options: Options, first: Answer | None = None) -> Iterator[Found]:
    """What is new in the feed at an address; `first` where it was asked for already. Raises SourceError."""
    key = f"feed:{url}"
    known: dict[str, Any] = json.loads(options.remembered(key) or "{}")
    answer = first or web.get(url, known.get("since"))
    if answer.unchanged:
        return
    seen = dict.fromkeys(known.get("seen", ()))
    failed = False
    for entry in _parsed(answer.data, url):
        name = _name(entry)
        if name in seen:
            continue
        try:
            yield _page(entry) or _fetched(entry, web)
        except SourceError as error:
            # A page that cannot be had now is asked for again the next time.
            failed = True
            yield error
        else:
            seen[name] = None
            yield Note(key, _state(known.get("since"), seen))
    yield Note(key, _state(known.get("since") if failed else _since(answer), seen))


def _state(since: dict[str, str] | None, seen: dict[str, None]) -> str:
    return json.dumps({"since": since or {}, "seen": list(seen)[-_SEEN:]})


def _since(answer: Answer) -> dict[str, str]:
    """The headers that ask the server for what is newer than this answer."""
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {ask: answer.headers[name] for ask, name in pairs if name in answer.headers}


def _parsed(data: bytes, where: str) -> list[Any]:
    import feedparser  # noqa: PLC0415  a fifth of a second, needed only for feeds

    # The markup of entries is read like a page later; nothing of it is shown.
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and (found.bozo or not found.version):
        raise SourceError(f"no feed: {found.get('bozo_exception', 'neither RSS nor Atom')}", where)
    return list(found.entries)


def _name(entry: Any) -> str:
    return str(entry.get("id") or entry.get("link") or entry.get("title") or "")[:1000]


def _day(entry: Any) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(*moment[:3]) if moment else None


def _page(entry: Any) -> Page | None:
    """The entry as a page, where it carries the article itself."""
    parts = [str(one.get("value", "")) for one in entry.get("content", ())] + [str(entry.get("summary", ""))]
    longest = max(parts, key=len)
    if len(_TAG.sub("", longest)) < _ARTICLE:
        return None
    link = entry.get("link")
    body = longest if "<" in longest else "".join(f"<p>{line}</p>" for line in longest.split("\n"))
    html = f"<html><body><article>{body}</article></body></html>".encode()
    return Page(link or _name(entry), html, link, "utf-8", _day(entry), entry.get("title"))


def _fetched(entry: Any, web: Web) -> Page:
    """The page that an entry points to. Raises SourceError."""
    link = str(entry.get("link") or "")
    if not link:
        raise SourceError("an entry without article and without address", _name(entry))
    answer = web.page(link)
    return Page(link, answer.data, answer.url, answer.charset, _day(entry), entry.get("title"))
