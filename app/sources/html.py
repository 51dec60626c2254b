"""Pages of HTML: the text of the article without what stands around it, where it came from and when it appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.errors import SourceError
from app.records import Article
from app.sources import html_dates
from app.sources.decode import checked
from app.sources.encoding import decoded, marked
from app.sources.found import Document, Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD = 1 << 15
_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<(?:div|p|table|section|h1)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"""<meta\s[^<>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^<>]{0,100}encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""")
# What browsers write above a page that they save.
_SAVED = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000})\s{0,9}-->")
_SPACES = re.compile(r"\s+")
_ABOVE = 3
"""The title is put above the text unless one of its first lines is the title already."""


def is_page(head: bytes) -> bool:
    """Whether what begins so is a page."""
    if encoding := marked(head):
        head = head.decode(encoding, "ignore").encode()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096]
    return start.startswith(b"<") and bool(_MARKUP.search(start))


def article(document: Document) -> Article:
    """The article on a page; what is an article already stays one. Raises SourceError."""
    return _read(document) if isinstance(document, Page) else document


def _read(page: Page) -> Article:
    from lxml import etree  # noqa: PLC0415  a third of a second, needed only for pages
    from trafilatura import bare_extraction  # noqa: PLC0415

    tree, text = _tree(page)
    url = _address(page, tree, text)
    dated = html_dates.published(tree, url, page.published)
    title = page.title or _title(tree)
    try:
        found = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    except (ValueError, RecursionError, etree.LxmlError) as error:
        raise SourceError(f"the page cannot be read: {error}", page.source) from None
    body = (found.text if found and not isinstance(found, dict) else None) or ""
    if not body.strip():
        raise SourceError("no article on this page", page.source)
    return Article(
        source=page.source,
        text=checked(_joined(title, body), page.source),
        url=url,
        published=dated and dated[0],
        published_basis=dated and dated[1],
    )


def _tree(page: Page) -> tuple[HtmlElement, str]:
    from lxml import etree, html  # noqa: PLC0415

    declared = page.charset or next(
        (found[1].decode("ascii") for rule in (_CHARSET, _XML) if (found := rule.search(page.data[:_HEAD]))), None
    )
    known = decoded(page.data, declared)
    if known is None:
        # A stray byte in a long page is no reason to lose it.
        known = page.data.decode("utf-8", "replace"), "utf-8"
        if known[0].count("\ufffd") > len(known[0]) / 50:
            raise SourceError("no text in any encoding known here", page.source)
    text = known[0].removeprefix("\ufeff").replace("\0", "")
    if not text.strip():
        raise SourceError("no text", page.source)
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")), text
    except (ValueError, etree.LxmlError) as error:
        raise SourceError(f"no HTML: {error}", page.source) from None


def _address(page: Page, tree: HtmlElement, text: str) -> str | None:
    """Where the article stands: the page itself says it where nobody else does, and better where it is an AMP copy."""
    root = tree.getroottree().getroot()
    amp = "amp" in root.attrib or "⚡" in root.attrib
    if page.url and not amp:
        return page.url
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path)[:3]:
            if re.match(r"https?://\S{1,2000}$", str(value).strip(), re.IGNORECASE):
                return str(value).strip()
    saved = _SAVED.search(text[:_HEAD])
    return page.url or (saved[1] if saved else None)


def _title(tree: HtmlElement) -> str | None:
    """The headline: what the page tells other sites, its one heading, its title."""
    headings = [_line(one.text_content()) for one in tree.xpath("//h1")[:20]]
    told = [_line(str(one)) for one in tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")[:3]]
    # Sites add their name behind the title; the heading is the title itself.
    for heading in headings:
        if heading and any(heading in one for one in told):
            return heading
    alone = headings if len(headings) == 1 else []
    named = [_line(one.text_content()) for one in tree.xpath("//head/title")[:1]]
    return next(filter(None, (*told, *alone, *named)), None)


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()[:500]


def _joined(title: str | None, body: str) -> str:
    if not title or any(_line(one).startswith(title) for one in body.split("\n")[:_ABOVE]):
        return body
    return f"{title}\n\n{body}"
