"""The neighbourhood of readouts: all that may be of the same occurrence, and of what those may be, and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from app.merging import copies
from app.merging.blocks import blocks
from app.merging.cluster import Pair, Wishes, clusters, pair
from app.merging.likeness import Likeness, likeness
from app.merging.points import COPIED, ENOUGH, number, points
from app.merging.report import Traits, traits
from app.store import readouts
from app.store.columns import core
from app.store.dialect.among import among
from app.store.fold import fold
from app.store.readouts import Readout
from app.store.tables import ArticleRow, ReadoutBlock, ReadoutRow

_block, _article, _readout = core(ReadoutBlock), core(ArticleRow), core(ReadoutRow)


def blocks_of(one: Readout) -> tuple[int, ...]:
    """The blocks of a readout."""
    return blocks(traits(one.report()))


class Signatures:
    """The MinHashes of articles, made where they are needed and kept with the article."""

    def __init__(self, session: Session, texts: Mapping[int, str]) -> None:
        self._session = session
        self._texts = texts
        self._known: dict[int, bytes] = {}

    def of(self, article_keys: Iterable[int]) -> dict[int, bytes]:
        """The signatures of articles, by key."""
        wanted = set(article_keys)
        if missing := wanted - self._known.keys():
            stored = select(_article.c.key, _article.c.signature).where(among(_article.c.key, missing))
            self._known |= {
                row.key: row.signature for row in self._session.execute(stored) if row.signature is not None
            }
            self._make(missing - self._known.keys())
        return {key: self._known[key] for key in wanted}

    def _make(self, keys: Collection[int]) -> None:
        if not keys:
            return
        unread = keys - self._texts.keys()
        given = {**self._texts, **readouts.texts(self._session, unread)} if unread else self._texts
        made = {key: copies.signature(fold(line) for line in given[key].splitlines()) for key in keys}
        change = update(_article).where(_article.c.key == bindparam("of")).values(signature=bindparam("made"))
        self._session.execute(change, [{"of": key, "made": one} for key, one in made.items()])
        self._known |= made


class Neighbourhood:
    """Readouts that are compared with one another, each pair once."""

    def __init__(self, session: Session, given: Iterable[Readout], texts: Mapping[int, str]) -> None:
        self._session = session
        self._signatures = Signatures(session, texts)
        self._traits: dict[int, Traits] = {}
        self._numbers: dict[str, int] = {}
        self._blocks: dict[int, tuple[int, ...]] = {}
        self._copied: dict[Pair, bool] = {}
        self._at: dict[int, list[int]] = {}
        self._known: dict[int, Readout] = {}
        self._articles: dict[str, int] = {}
        self.members: dict[int, Readout] = {}
        """Those that are to be put into events."""
        self._linked: dict[int, set[int]] = {}
        """For each readout those that it hangs together with, itself among them."""
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
        if one.account:
            return one.account.blocks
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
                # Only what does not hang together yet has to be compared.
                left = found[one.key] - self._linked.get(one.key, set())
                if not left:
                    continue
                mine = self.traits(one)
                for key in left:
                    if key in self._linked.get(one.key, ()):
                        continue
                    other = self._known[key]
                    if self._are_same(mine, self.traits(other)):
                        if one.key not in without:
                            self._link(one.key, key)
                        if key not in self.members:
                            reached[key] = other
            self.members |= reached
            frontier = list(reached.values())

    def _link(self, one: int, other: int) -> None:
        mine, theirs = (self._linked.get(key) or {key} for key in (one, other))
        if mine is not theirs:
            low, high = sorted((mine, theirs), key=len)
            high |= low
            self._linked |= dict.fromkeys((*low, one, other), high)

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
        """How alike two readouts are, with the reasons."""
        found = self._points(one, other)
        return likeness(one, other, copies=found is not None and self._counts_as_copy(one, other, found))

    def _are_same(self, one: Traits, other: Traits) -> bool:
        found = self._with_copies(one, other)
        return found is not None and found >= ENOUGH

    def _with_copies(self, one: Traits, other: Traits) -> int | None:
        """The points of two readouts, with those that copies of one text have."""
        found = self._points(one, other)
        if found is not None and self._counts_as_copy(one, other, found):
            return found + COPIED
        return found

    def _points(self, one: Traits, other: Traits) -> int | None:
        return points(one, self._number(one), other, self._number(other))

    def _number(self, one: Traits) -> int:
        id_ = one.report.id
        if id_ not in self._numbers:
            self._numbers[id_] = number(one)
        return self._numbers[id_]

    def _counts_as_copy(self, one: Traits, other: Traits, found: int) -> bool:
        """Whether they are copies of one text and that decides; only then are texts compared."""
        if not ENOUGH - COPIED <= found < ENOUGH or one.report.language != other.report.language:
            return False
        ids = pair(one.report.id, other.report.id)
        if ids not in self._copied:
            articles = [self._articles.get(id_) for id_ in ids]
            known = self._signatures.of(key for key in articles if key is not None)
            mine, theirs = (known[key] if key is not None else b"" for key in articles)
            self._copied[ids] = copies.are_copies(mine, theirs)
        return self._copied[ids]

    def clusters(self, wishes: Wishes) -> Iterator[list[Readout]]:
        """The members in groups of the same occurrence."""
        keys = {one.id: key for key, one in self.members.items()} if wishes.together else {}
        for a, b in wishes.together:
            if a in keys and b in keys:
                self._link(keys[a], keys[b])
        for component in self._components():
            if len(component) == 1:
                yield component
                continue
            by_id = {one.id: one for one in component}
            for group in clusters([self.traits(one) for one in component], self._with_copies, wishes):
                yield [by_id[id_] for id_ in group]

    def _components(self) -> Iterator[list[Readout]]:
        done: set[int] = set()
        for key, member in self.members.items():
            if key not in self._linked:
                yield [member]
            elif key not in done:
                together = self._linked[key]
                done |= together
                yield [self.members[one] for one in sorted(together)]

    def sign(self, groups: Iterable[Sequence[Readout]]) -> None:
        """Has the texts that `originals` compares of some groups ready, all at once."""
        self._signatures.of(one.article_key for group in groups if len(group) > 1 for one in _doubtful(group))

    def originals(self, group: Sequence[Readout]) -> dict[str, str]:
        """Of which other each readout of a group is a copy: itself where of none."""
        doubtful = _doubtful(group)
        known = self._signatures.of(one.article_key for one in doubtful)
        return copies.originals([one.id for one in group], {one.id: known[one.article_key] for one in doubtful})


def _doubtful(group: Sequence[Readout]) -> list[Readout]:
    """Those of a group that may be copies of another: it has several of their language."""
    languages = Counter(one.brief.language for one in group)
    return [one for one in group if languages[one.brief.language] > 1]
