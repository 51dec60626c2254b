"""The neighbourhood of readouts: all that may be of the same occurrence, and of what those may be, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select, update
from sqlmodel import Session

from app.merging import copies
from app.merging.blocks import blocks
from app.merging.cluster import Wishes, clusters, pair
from app.merging.likeness import SAME, Likeness, likeness
from app.merging.report import Traits, traits
from app.store import readouts
from app.store.columns import core
from app.store.dialect.among import among
from app.store.fold import fold
from app.store.readouts import Readout
from app.store.tables import ArticleRow, ReadoutBlock, ReadoutRow

_block, _article, _readout = core(ReadoutBlock), core(ArticleRow), core(ReadoutRow)

_COPIES = 3.0
"""Points that copies of one text have more; only where these would decide are texts compared."""


def blocks_of(one: Readout) -> tuple[int, ...]:
    """The blocks of a readout."""
    return blocks(traits(one.report()))


class Signatures:
    """The MinHashes of articles, made where they are needed and kept with the article."""

    def __init__(self, session: Session, texts: Mapping[int, str]) -> None:
        self._session = session
        self._texts = texts
        self._known: dict[int, bytes] = {}

    def of(self, article_key: int) -> bytes:
        """The signature of an article."""
        if article_key not in self._known:
            self._known[article_key] = self._stored(article_key) or self._made(article_key)
        return self._known[article_key]

    def _stored(self, key: int) -> bytes | None:
        return self._session.scalar(select(_article.c.signature).where(_article.c.key == key))

    def _made(self, key: int) -> bytes:
        text = self._texts.get(key) or readouts.texts(self._session, [key])[key]
        made = copies.signature(fold(line) for line in text.splitlines())
        self._session.execute(update(_article).where(_article.c.key == key).values(signature=made))
        return made


class Neighbourhood:
    """Readouts that are compared with one another, each pair once."""

    def __init__(self, session: Session, given: Iterable[Readout], texts: Mapping[int, str]) -> None:
        self._session = session
        self._signatures = Signatures(session, texts)
        self._traits: dict[int, Traits] = {}
        self._blocks: dict[int, tuple[int, ...]] = {}
        self._alike: dict[tuple[str, str], Likeness] = {}
        self._at: dict[int, list[int]] = {}
        self._known: dict[int, Readout] = {}
        self._articles: dict[str, int] = {}
        self.members: dict[int, Readout] = {}
        """Those that are to be put into events."""
        self._linked: list[tuple[int, int]] = []
        for one in given:
            self.members[one.key] = self._known[one.key] = one
            self._articles[one.id] = one.article_key
            for block in self.blocks(one):
                self._at.setdefault(block, []).append(one.key)

    def traits(self, one: Readout) -> Traits:
        """The traits of a readout."""
        if one.key not in self._traits:
            self._traits[one.key] = traits(one.report())
        return self._traits[one.key]

    def blocks(self, one: Readout) -> tuple[int, ...]:
        """The blocks of a readout."""
        if one.key not in self._blocks:
            self._blocks[one.key] = blocks(self.traits(one))
        return self._blocks[one.key]

    def grow(self, sources: Iterable[Readout], without: frozenset[int] = frozenset()) -> None:
        """Takes in what the sources may be the same as, and what that may be the same as."""
        frontier = list(sources)
        while frontier:
            found = self._sharing(frontier, without)
            reached: dict[int, Readout] = {}
            for one in frontier:
                for key in found[one.key]:
                    other = self._known[key]
                    if self.compare(self.traits(one), self.traits(other)).same:
                        self._linked.append((one.key, key))
                        if key not in self.members:
                            reached[key] = other
            self.members |= reached
            frontier = list(reached.values())

    def _sharing(self, frontier: Sequence[Readout], without: frozenset[int]) -> dict[int, set[int]]:
        """For each readout the keys of others in its blocks; all of them are known then."""
        wanted = {one.key: self.blocks(one) for one in frontier}
        stored = self._stored({block for found in wanted.values() for block in found})
        sharing = {
            key: {other for block in found for other in (*self._at.get(block, ()), *stored.get(block, ()))}
            - {key}
            - without
            for key, found in wanted.items()
        }
        missing = {other for found in sharing.values() for other in found} - self._known.keys()
        if missing:
            self.know(readouts.load(self._session, among(_readout.c.key, missing)))
        return sharing

    def know(self, found: Mapping[int, Readout]) -> None:
        """Stored readouts that are looked at."""
        self._known |= found
        self._articles |= {one.id: one.article_key for one in found.values()}

    def _stored(self, wanted: set[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        chosen = select(_block.c.block, _block.c.readout_key).where(among(_block.c.block, sorted(wanted)))
        for row in self._session.execute(chosen):
            found.setdefault(row.block, []).append(row.readout_key)
        return found

    def compare(self, one: Traits, other: Traits) -> Likeness:
        """How alike two readouts are."""
        ids = pair(one.report.id, other.report.id)
        if ids not in self._alike:
            self._alike[ids] = self._compared(one, other)
        return self._alike[ids]

    def _compared(self, one: Traits, other: Traits) -> Likeness:
        found = likeness(one, other)
        close = not found.impossible and SAME - _COPIES <= found.score < SAME
        if close and one.report.language == other.report.language and self._are_copies(one, other):
            return likeness(one, other, copies=True)
        return found

    def _are_copies(self, one: Traits, other: Traits) -> bool:
        articles = [self._articles.get(each.report.id) for each in (one, other)]
        mine, theirs = (self._signatures.of(key) if key is not None else b"" for key in articles)
        return copies.are_copies(mine, theirs)

    def clusters(self, wishes: Wishes) -> Iterator[list[Readout]]:
        """The members in groups of the same occurrence."""
        keys = {one.id: key for key, one in self.members.items()} if wishes.together else {}
        self._linked += [(keys[a], keys[b]) for a, b in wishes.together if a in keys and b in keys]
        for component in self._components():
            if len(component) == 1:
                yield component
                continue
            by_id = {one.id: one for one in component}
            for group in clusters([self.traits(one) for one in component], self.compare, wishes):
                yield [by_id[id_] for id_ in group]

    def _components(self) -> list[list[Readout]]:
        root = {key: key for key in self.members}

        def top(key: int) -> int:
            while root[key] != key:
                root[key] = root[root[key]]
                key = root[key]
            return key

        for one, other in self._linked:
            if one in root and other in root:
                root[top(one)] = top(other)
        found: dict[int, list[Readout]] = {}
        for key, member in self.members.items():
            found.setdefault(top(key), []).append(member)
        return list(found.values())

    def originals(self, group: Sequence[Readout]) -> dict[str, str]:
        """Of which other each readout of a group is a copy: itself where of none."""
        languages = [one.brief.language for one in group]
        doubtful = [one for one in group if languages.count(one.brief.language) > 1]
        signatures = {one.id: self._signatures.of(one.article_key) for one in doubtful}
        return copies.originals([one.id for one in group], signatures)
