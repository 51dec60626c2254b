"""Puts articles and what they say into the database. The caller holds the transaction: all of it stays, or none."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from app.records import Article, Extraction
from app.store import derive, dialect, ids, silent
from app.store.clock import now
from app.store.columns import core
from app.store.dialect.among import among
from app.store.documents import ArticleSummary
from app.store.readouts import Readout, load, of_account
from app.store.ready import Ready, ready
from app.store.rows import Moment
from app.store.tables import ArticleRow, GoneArticle, PastArticle, ReadoutRow

_article, _past, _readout = core(ArticleRow), core(PastArticle), core(ReadoutRow)
_gone = core(GoneArticle)

_READ = "An article was read."
_ANOTHER = "Another text came under its address."
_REPLACED = "An article was read, in place of an older text of its address or beside others."


class Outcome(StrEnum):
    """What became of an article."""

    added = "added"
    replaced = "replaced"
    """The same address had another text before; that version is kept aside, what it said of events is withdrawn."""
    unchanged = "unchanged"
    """The same text was there already, under this address or another."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An article's id and what became of it."""

    id: str
    outcome: Outcome


class _New(NamedTuple):
    """An article that is to be stored under a key."""

    key: int
    given: Ready


def known(session: Session, text: str) -> str | None:
    """Id of the article with exactly this text, if there is one."""
    return session.scalar(select(_article.c.id).where(_article.c.sha256 == ids.sha256_of(text)))


def known_texts(session: Session, texts: Iterable[str]) -> set[str]:
    """Those of some texts that an article has exactly."""
    by_hash = {ids.sha256_of(text): text for text in texts}
    found = session.scalars(select(_article.c.sha256).where(among(_article.c.sha256, by_hash)))
    return {by_hash[sha256] for sha256 in found}


def save(session: Session, article: Article, extraction: Extraction) -> Saved:
    """Stores an article and what it says: nothing where the text is known, in place of the old text of the same URL."""
    return save_all(session, [ready(article, extraction)])[0]


def save_all(session: Session, given: Sequence[Ready]) -> list[Saved]:
    """Stores articles in order, as if one by one, and merges what they say with what is known."""
    with uncollected():
        return [saved for run in _runs(given) for saved in _save_run(session, run)]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collection of cycles: a batch makes a hundred thousand objects and no cycle, and the collector would
    walk through them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def remove(session: Session, article_id: str, cause: str, next_id: str | None = None) -> bool:
    """Removes an article with its text, for another or for none, and withdraws what it said. Whether there was one."""
    keys = list(session.scalars(select(_article.c.key).where(_article.c.id == article_id)))
    if keys:
        moment = Moment(now(), cause)
        withdrawn, touched = _withdraw(session, keys)
        _leave_word(session, {article_id: None if next_id == article_id else next_id}, moment)
        derive.derive(session, derive.Change(moment, withdrawn=withdrawn, touched=touched))
    return bool(keys)


def _leave_word(session: Session, following: Mapping[str, str | None], moment: Moment) -> None:
    """Says of articles that they are gone, and which of the others took the place of each."""
    session.execute(delete(_gone).where(among(_gone.c.id, following)))
    rows = [{"id": old, "next_id": new, "at": moment.at, "why": moment.cause} for old, new in following.items()]
    session.execute(insert(_gone), rows)


def _runs(given: Iterable[Ready]) -> Iterator[list[Ready]]:
    """The articles, cut where a text or an address comes again."""
    run: list[Ready] = []
    texts: set[str] = set()
    addresses: set[str] = set()
    for one in given:
        if one.sha256 in texts or one.address in addresses:
            yield run
            run, texts, addresses = [], set(), set()
        run.append(one)
        texts.add(one.sha256)
        if one.address:
            addresses.add(one.address)
    if run:
        yield run


def _save_run(session: Session, run: Sequence[Ready]) -> list[Saved]:
    hashes = [one.sha256 for one in run]
    there = set(session.scalars(select(_article.c.sha256).where(among(_article.c.sha256, hashes))))
    first = (session.scalar(select(func.max(_article.c.key))) or 0) + 1
    new = [_New(key, one) for key, one in enumerate((one for one in run if one.sha256 not in there), first)]
    if not new:
        return [Saved(one.brief.id, Outcome.unchanged) for one in run]
    at = now()
    replaced, withdrawn, touched = _replace(session, [one for _, one in new], at)
    _insert_articles(session, new, at)
    moment = Moment(at, _REPLACED if replaced else _READ)
    change = derive.Change(
        moment, _readouts(session, new), withdrawn=withdrawn, touched=touched,
        texts={key: one.text for key, one in new}, folded={key: one.folded for key, one in new},
    )  # fmt: skip
    derive.derive(session, change)
    outcomes = {one.sha256: Outcome.replaced if one.address in replaced else Outcome.added for _, one in new}
    return [Saved(one.brief.id, outcomes.get(one.sha256, Outcome.unchanged)) for one in run]


def _replace(session: Session, new: Sequence[Ready], at: str) -> tuple[set[str], list[Readout], frozenset[int]]:
    """Sets aside the articles that have the addresses of new ones. The addresses, and what is withdrawn."""
    following = {one.address: one.brief.id for one in new if one.address}
    if not following:
        return set(), [], frozenset()
    old = session.execute(select(_article).where(among(_article.c.url_key, following))).mappings().all()
    if not old:
        return set(), [], frozenset()
    kept = (*ArticleSummary.model_fields, "sha256", "text", "added")
    past = [
        {
            "id": row["id"],
            "gone": at,
            "next_id": following[row["url_key"]],
            "document": json.dumps({name: row[name] for name in kept}, ensure_ascii=False, default=str),
        }
        for row in old
    ]
    session.execute(insert(_past), past)
    _leave_word(session, {one["id"]: one["next_id"] for one in past}, Moment(at, _ANOTHER))
    return {row["url_key"] for row in old}, *_withdraw(session, [row["key"] for row in old])


def _withdraw(session: Session, article_keys: Sequence[int]) -> tuple[list[Readout], frozenset[int]]:
    """Removes articles with their readouts. Gives those back, and the keys of the events they were part of."""
    of_them = _readout.c.article_key.in_(article_keys)
    withdrawn = list(load(session, of_them).values())
    for one in withdrawn:
        # The last key is given again, to another readout that comes in its place.
        one.key = -one.key
    touched = frozenset(session.scalars(select(_readout.c.event_key).where(of_them, _readout.c.event_key.is_not(None))))
    session.execute(delete(_article).where(_article.c.key.in_(article_keys)))
    return withdrawn, touched


_ARTICLE = (*ArticleSummary.model_fields, "key", "sha256", "url_key", "text", "added")


def _insert_articles(session: Session, new: Sequence[_New], at: str) -> None:
    rows = [(*one.brief.__dict__.values(), key, one.sha256, one.address, one.text, at) for key, one in new]
    session.execute(delete(_gone).where(among(_gone.c.id, [one.brief.id for _, one in new])))
    connection = session.connection()
    dialect.of(session).put(connection, _article, _ARTICLE, rows)
    silent.add(connection, [silent.new_entry(key, one) for key, one in new if not one.accounts])


def _readouts(session: Session, new: Sequence[_New]) -> list[Readout]:
    first = (session.scalar(select(func.max(_readout.c.key))) or 0) + 1
    said = ((key, one.brief, place, account) for key, one in new for place, account in enumerate(one.accounts))
    return [
        of_account(account, number, article, place, brief)
        for number, (article, brief, place, account) in enumerate(said, first)
    ]
