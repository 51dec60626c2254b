"""The neighbourhood of readouts: all that may be of the same occurrence, and of what those may be, and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from app.merging import copies
from app.merging.blocks import blocks, has_day
from app.merging.cluster import Wishes, clusters
from app.merging.likeness import Likeness, likeness
from app.merging.points import ENOUGH, compared, may_be_copies, number, points
from app.merging.report import Traits, traits
from app.merging.voices import Member
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


class _Kind(NamedTuple):
    """What is compared of readouts that say the same."""

    number: int
    traits: Traits
    """Those of one of them."""


class Neighbourhood:
    """Readouts that are compared with one another, each pair once."""

    def __init__(self, session: Session, given: Iterable[Readout], texts: Mapping[int, str]) -> None:
        self._session = session
        self._signatures = Signatures(session, texts)
        self._kinds: dict[int, _Kind] = {}
        self._contents: dict[Hashable, _Kind] = {}
        self._numbered: dict[Hashable, int] = {}
        """What is compared of them, with its number: the same number as long as they are compared."""
        self._blocks: dict[int, tuple[int, ...]] = {}
        self._of_number: dict[int, tuple[int, ...]] = {}
        """The blocks of those with a day, by number."""
        self._at: dict[int, list[int]] = {}
        self._known: dict[int, Readout] = {}
        self.members: dict[int, Readout] = {}
        """Those that are to be put into events."""
        self._linked: dict[int, set[int]] = {}
        """For each readout those that it hangs together with, itself among them."""
        for one in given:
            self.members[one.key] = self._known[one.key] = one
            for block in self.blocks(one):
                self._at.setdefault(block, []).append(one.key)

    def _kind(self, one: Readout) -> _Kind:
        """What is compared of a readout: read of the first that says the same, and not again of each."""
        if one.key not in self._kinds:
            if one.is_read:
                self._kinds[one.key] = self._kind_of(traits(one.report()))
            else:
                content = one.content()
                if content not in self._contents:
                    self._contents[content] = self._kind_of(traits(one.report()))
                self._kinds[one.key] = self._contents[content]
        return self._kinds[one.key]

    def _kind_of(self, found: Traits) -> _Kind:
        what = compared(found)
        return _Kind(self._numbered.setdefault(what, number(what)), found)

    def blocks(self, one: Readout) -> tuple[int, ...]:
        """The blocks of a readout."""
        if one.account:
            return one.account.blocks
        kind = self._kind(one)
        if not has_day(kind.traits):
            # What tells of it is looked at too.
            if one.key not in self._blocks:
                self._blocks[one.key] = blocks(traits(one.report()))
            return self._blocks[one.key]
        if kind.number not in self._of_number:
            self._of_number[kind.number] = blocks(kind.traits)
        return self._of_number[kind.number]

    def grow(self, sources: Iterable[Readout], without: frozenset[int] = frozenset()) -> None:
        """Takes in what the sources may be the same as, and what that may be the same as. Those that say the same and
        are found in the same blocks go together."""
        frontier = list(sources)
        while frontier:
            found_by = {one.key: self.blocks(one) for one in frontier}
            stored = self._stored({block for found in found_by.values() for block in found})
            sharing = {found: self._sharing(found, stored) - without for found in set(found_by.values())}
            self._load({key for found in sharing.values() for key in found})
            kinds: dict[tuple[bool, int, tuple[int, ...]], list[Readout]] = {}
            for one in frontier:
                found = found_by[one.key]
                if len(sharing[found]) > (one.key in sharing[found]):
                    kinds.setdefault((one.key in without, self._kind(one).number, found), []).append(one)
            reached: dict[int, Readout] = {}
            for (gone, _, found), ones in kinds.items():
                reached |= self._reach(ones, sharing[found], gone=gone)
            self.members |= reached
            frontier = list(reached.values())

    def _reach(self, ones: Sequence[Readout], others: set[int], *, gone: bool) -> dict[int, Readout]:
        """Links those that say the same with those of others that they may be the same as, unless they are gone. Those
        of them that were no members."""
        first = self._linked.get(ones[0].key, set())
        # Only what does not hang together yet has to be compared.
        left = others - first if all(one.key in first for one in ones[1:]) else others
        alike: dict[int, list[Readout]] = {}
        for key in left:
            other = self._known[key]
            alike.setdefault(self._kind(other).number, []).append(other)
        found: list[Readout] = []
        mine = self._kind(ones[0])
        for theirs in alike.values():
            yours = self._kind(theirs[0])
            between = points(mine.traits, mine.number, yours.traits, yours.number)
            enough = between is not None and between >= ENOUGH
            doubtful = may_be_copies(mine.traits, yours.traits, between)
            if gone:
                # The text is not there any more: it may have been a copy of any.
                found += theirs if enough or doubtful else []
                continue
            if enough:
                same = [(one, theirs[0]) for one in ones] + [(ones[0], other) for other in theirs]
            else:
                same = list(self._copied(ones, theirs)) if doubtful else []
            for one, other in same:
                self._link(one.key, other.key)
            found += [other for _, other in same]
        return {one.key: one for one in found if one.key not in self.members}

    def _copied(self, ones: Sequence[Readout], others: Sequence[Readout]) -> Iterator[tuple[Readout, Readout]]:
        """Those whose articles are copies of one text."""
        known = self._signatures.of(one.article_key for one in (*ones, *others))
        for one, other in product(ones, others):
            if other.key in self._linked.get(one.key, ()) or one.article_key == other.article_key:
                continue
            if copies.are_copies(known[one.article_key], known[other.article_key]):
                yield one, other

    def _link(self, one: int, other: int) -> None:
        mine, theirs = (self._linked.get(key) or {key} for key in (one, other))
        if mine is not theirs:
            low, high = sorted((mine, theirs), key=len)
            high |= low
            self._linked |= dict.fromkeys((*low, one, other), high)

    def _sharing(self, found: Iterable[int], stored: Mapping[int, Sequence[int]]) -> set[int]:
        """The keys of those in some blocks."""
        return {key for block in found for key in (*self._at.get(block, ()), *stored.get(block, ()))}

    def _load(self, keys: set[int]) -> None:
        if missing := keys - self._known.keys():
            self.know(readouts.load(self._session, among(_readout.c.key, missing)))

    def know(self, found: Mapping[int, Readout]) -> None:
        """Stored readouts that are looked at."""
        self._known |= found

    def _stored(self, wanted: set[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        chosen = select(_block.c.block, _block.c.readout_key).where(among(_block.c.block, sorted(wanted)))
        for row in self._session.execute(chosen):
            found.setdefault(row.block, []).append(row.readout_key)
        return found

    def compare(self, one: Readout, other: Readout) -> Likeness:
        """How alike two readouts are, with the reasons."""
        mine, theirs = self._kind(one), self._kind(other)
        found = points(mine.traits, mine.number, theirs.traits, theirs.number)
        copied = may_be_copies(mine.traits, theirs.traits, found) and self._are_copies(one, other)
        return likeness(traits(one.report()), traits(other.report()), copies=copied)

    def _are_copies(self, one: Readout, other: Readout) -> bool:
        known = self._signatures.of((one.article_key, other.article_key))
        return copies.are_copies(known[one.article_key], known[other.article_key])

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
            members = [Member(one.id, one.brief.id, *self._kind(one)) for one in component]
            for group in clusters(members, partial(self.originals, component), wishes):
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
