"""Chains of titles, countries and bodies, as they stand before a name or after it.

In: the atoms of a text, and the index of one that may open a chain. Out: the atoms that belong together, up to and
without a name. Which words may stand between them is data of the pack, in its `Glue`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from app.extract.atoms import Atom, Kind
from app.extract.model import Text
from app.extract.pack import Pack
from app.records import Level

CHAIN = {
    Kind.title,
    Kind.filler,
    Kind.honorific,
    Kind.former,
    Kind.country,
    Kind.short,
    Kind.organization,
    Kind.accredited,
    Kind.possessive,
    Kind.place,
}
_GOING_ON = CHAIN | {Kind.metonym}
OPENERS = {Kind.title, Kind.honorific, Kind.former}
_PARTNER = "first-lady"
"""The one who comes along: what follows her title after a comma is somebody else."""
COUNTRIES = {Kind.country, Kind.short}
_LONGEST_CHAIN = 40
"""So many atoms are looked at for one chain, so that lists without end take no time without end."""

SHORT_FORM = re.compile(r" \([A-Z]{2,8}\) ")
"""Between an office and a name: "Secretary of the National Security Council (NSC) A"."""
_LONGEST_SHORT_FORM = 12
_RULERS = {Level.head_of_state, Level.head_of_government, Level.minister, Level.legislature, Level.party}
_AND = (" và ", " and ")
_CITIES = (Kind.place, Kind.metonym)
DASHES = (" - ", " – ")
_NAMED = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][a-z-]+(?: [A-Z][\w-]+){1,3}\b")
"""A name of two words and more, right behind."""
_BEFORE_CAPITAL = (Kind.filler, Kind.title)
_BEFORE_PLACE = (Kind.title, Kind.filler, Kind.possessive)
_STYLES = 3
"""Most forms of address before a name."""
_LOOSE = (Kind.filler, Kind.accredited, Kind.possessive)
"""What belongs to a chain only where more follows."""


@dataclass(frozen=True)
class Glue:
    """What may stand between the parts of a chain in one language, and where a chain may begin or end."""

    any: frozenset[str]
    """What joins any two parts."""
    before_title: frozenset[str]
    """What also joins a title to what stands before it."""
    after_comma: bool
    """Whether a title may stand behind a comma after its holder's name."""
    apposition_end: tuple[str, ...]
    """What must follow a title behind a name; nothing: no matter what."""
    dash: bool
    """Whether a title may stand behind a dash after its holder's name."""
    reach: int
    """Nothing that stands further behind an atom goes on with it."""
    openers: frozenset[Kind]
    """What a chain may begin with."""
    after_short: frozenset[str]
    """What may stand between the short name of a country and a title: 菲|国|防长."""
    alone: frozenset[str]
    """Titles whose holder has no second one behind "and"."""


@lru_cache
def glue_of(pack: Pack) -> Glue:
    """The glue of a pack, read once."""
    titles, names = pack.data("titles"), pack.data("names")
    first = COUNTRIES | {Kind.organization, Kind.filler} if names.get("country_first") else frozenset()
    within, before_title = frozenset(titles.get("glue", ("", " "))), frozenset(titles.get("comma_glue", ()))
    return Glue(
        any=within,
        before_title=before_title,
        reach=max(_LONGEST_SHORT_FORM, *map(len, within | before_title)),
        after_comma=bool(titles.get("after_comma")),
        apposition_end=tuple(titles.get("apposition_end", ())),
        dash=bool(titles.get("apposition_dash")),
        openers=frozenset(OPENERS | first),
        after_short=frozenset(titles.get("short_glue", ())),
        alone=frozenset(titles.get("alone", ())),
    )


def _named_behind(plain: str, end: int, glue: Glue) -> bool:
    """Whether a name follows: in Vietnamese any capital, since names are written with letters of their own."""
    capital = plain[end : end + 1] == " " and plain[end + 1 : end + 2].isupper()
    return _NAMED.match(plain, end) is not None or (glue.dash and (capital or plain.startswith(DASHES, end)))


def stands_apart(atoms: Sequence[Atom], index: int, glue: Glue) -> bool:
    """Whether no chain can go on behind an atom: said at once, of most of the countries that a text names."""
    if index + 1 >= len(atoms):
        return True
    following = atoms[index + 1]
    return following.kind not in _GOING_ON or following.start - atoms[index].end > glue.reach


def is_joined(plain: str, left: Atom, right: Atom, glue: Glue) -> bool:
    """Whether an atom goes on with the chain that the one before it belongs to."""
    gap = plain[left.end : right.start]
    filed = glue.after_comma and left.kind in COUNTRIES and gap in DASHES  # "Port of Spain, Trinidad - President A"
    where = left.kind is Kind.short and right.kind is Kind.possessive  # 访华的|老挝外长: where he is, not whose
    if filed or where or (right.kind is Kind.short and left.kind is Kind.title):
        return False
    posted = left.kind is Kind.accredited and right.kind in _CITIES  # "the Chilean ambassador in Lima Rosa Marin"
    if posted or right.kind is Kind.metonym:  # "Thị trưởng London Sadiq Khan"
        return gap == " " and (posted or glue.dash) and _named_behind(plain, right.end, glue)
    if right.kind is Kind.title and left.kind is Kind.organization:
        bracketed = gap == ")" and plain[left.start - 1 : left.start] == "("  # 某组织(SICA)秘书长
        if bracketed or SHORT_FORM.fullmatch(gap):
            return True
    if right.kind is Kind.place:
        return gap in ("", " ", " of ") and left.kind in _BEFORE_PLACE
    if gap in glue.before_title:
        partner = left.kind is Kind.title and left.values[0].office == _PARTNER
        return right.kind in (Kind.title, Kind.former) and left.kind is not Kind.honorific and not partner
    return gap in glue.any or (left.kind is Kind.short and gap in glue.after_short and right.kind in _BEFORE_CAPITAL)


def _bracketed(plain: str, left: Atom, right: Atom) -> bool:
    """A body's short form right behind its name: "European Economic Community (EEC) …"."""
    bodies = left.kind is right.kind is Kind.organization and left.values == right.values
    return bodies and plain[left.end : right.start] == " (" and plain[right.end : right.end + 1] == ")"


def collect(text: Text, atoms: Sequence[Atom], first: int, glue: Glue) -> list[Atom]:
    """The chain that begins at an atom, up to and without a name."""
    plain = text.plain
    last = atoms[first]
    chain = [last]
    titled = last.kind is Kind.title
    for index in range(first + 1, min(len(atoms), first + _LONGEST_CHAIN)):
        atom = atoms[index]
        if atom.kind is Kind.organization and _bracketed(plain, last, atom):
            chain.append(last := replace(atom, end=atom.end + 1))
            continue
        posted = atom.kind is Kind.metonym and (last.kind is Kind.accredited or last.kind in _BEFORE_CAPITAL)
        if not (posted or atom.kind in CHAIN) or not is_joined(plain, last, atom, glue):
            break
        if atom.kind is Kind.filler and plain[last.end : atom.start] == " and ":
            break  # "the President and the Prime Minister": two people
        if atom.kind is Kind.title and _of_two(text, chain, atom, glue):
            break  # "the Secretary and Foreign Minister A": the first is named elsewhere
        if not titled and "," in plain[last.end : atom.start]:
            break  # "in Vietnam, Vice President Harris": the country belongs to what came before
        if glue.after_comma and atom.kind is Kind.title and _of_country(chain, atom, plain):
            break  # "the visit to Russia of President A"
        if atom.kind in COUNTRIES and (comma := _of_another(chain, atom, plain)):
            return chain[:comma]
        if "," in plain[last.end : atom.start] and _received_by(chain, atom):
            break
        chain.append(atom)
        last = atom
        titled = titled or atom.kind is Kind.title
    body = chain[-1].kind is Kind.filler and " " in plain[chain[-1].start : chain[-1].end]
    words = plain[chain[-1].end + 1 : chain[-1].end + 40].split(" ")[:2]
    named = (
        glue.dash and body and plain[chain[-1].end : chain[-1].end + 1] == " " and all(w[:1].isupper() for w in words)
    )
    while len(chain) > 1 and chain[-1].kind in _LOOSE and not named:
        chain.pop()  # but "Chủ nhiệm Ủy ban Đối ngoại Quốc hội A"
    return chain


def _of_country(chain: Sequence[Atom], title: Atom, plain: str) -> bool:
    """Whether only "of" stands between a country and a title: what is the holder's is told before the country."""
    country = next((a for a in reversed(chain) if a.kind in COUNTRIES), None)
    return country is not None and plain[country.end : title.start] in (" of ", " of the ")


def _of_two(text: Text, chain: Sequence[Atom], title: Atom, glue: Glue) -> bool:
    """Whether a bare title that stands alone is joined to another one by "and"."""
    last = chain[-1]
    joined = last.kind is Kind.title and text.low[last.end : title.start] == " and "
    bare = all(a.kind is Kind.filler for a in chain[:-1])
    return joined and bare and text.low[last.start : last.end] in glue.alone


def _of_another(chain: Sequence[Atom], country: Atom, plain: str) -> int:
    """Where in a chain somebody else's title begins: "the Speaker of Vietnam, the Speaker of Romania A"; 0 if nowhere.

    It does where a second country is named behind a comma or "and". One posted to another country is one person.
    """
    between = plain[chain[0].end : chain[-1].start]
    if "," not in between and not any(word in between for word in _AND):
        return 0
    gaps = [plain[one.end : other.start] for one, other in pairwise(chain)]
    comma = next((i for i in range(len(chain) - 1, 0, -1) if "," in gaps[i - 1] or gaps[i - 1] in _AND), 0)
    first = next((a for a in chain[:comma] if a.kind in COUNTRIES), None)
    posted = any(a.kind is Kind.accredited for a in chain)
    return comma if first is not None and not posted and first.values[0] != country.values[0] else 0


def _received_by(chain: Sequence[Atom], title: Atom) -> bool:
    """Whether a title behind a comma is somebody else's: "Receiving the ambassador of Chile, the Prime Minister …"."""
    if title.kind is not Kind.title or title.values[0].level not in _RULERS:
        return False
    envoy = any(a.kind is Kind.title and a.values[0].level is Level.ambassador for a in chain)
    return envoy and any(a.kind in COUNTRIES for a in chain)


def named_apart(plain: str, chain: Sequence[Atom], countries: Collection[str | None]) -> int:
    """Where in a chain the title of somebody from one of `countries` begins, if a state before a comma is another's.

    "The foreign minister of Laos, Prime Minister A": A is none of Laos. 0 if nowhere.
    """
    comma = 0
    for i in range(len(chain) - 1, 0, -1):
        if "," in plain[chain[i - 1].end : chain[i].start]:
            comma = i
            break
    if not comma:
        return 0
    lands = [a.values[0] for a in chain[:comma] if a.kind in COUNTRIES]
    titled = any(a.kind is Kind.title for a in chain[:comma]) and any(a.kind is Kind.title for a in chain[comma:])
    return comma if titled and lands and not set(lands) & set(countries) else 0


def without_lead(chain: list[Atom]) -> list[Atom]:
    """The chain without the words before it that belong to no title (a filler, a body of another phrase)."""
    first = next((i for i, a in enumerate(chain) if a.kind not in _LOOSE), 0)
    return chain[first:]


def country_and_body(chain: Sequence[Atom]) -> tuple[str | None, str | None]:
    """Country and organisation of a chain; what is accredited to ("tại Việt Nam") is neither."""
    country: str | None = None
    body: str | None = None
    for atom in chain:
        if atom.kind is Kind.accredited:
            break
        if country is None and (atom.kind in COUNTRIES or atom.kind is Kind.metonym):
            country = atom.values[0]
        elif body is None and atom.kind is Kind.organization:
            body = atom.values[0]
    return country, body


def posted_to(chain: Sequence[Atom]) -> str | None:
    """The country that a chain says somebody is sent to: "ambassador of Peru to Japan"."""
    for left, right in pairwise(chain):
        if left.kind is Kind.accredited and (right.kind in COUNTRIES or right.kind is Kind.metonym):
            return str(right.values[0])
    return None


def styled(text: Text, atoms: Sequence[Atom], behind: int, chain: Sequence[Atom], glue: Glue) -> Sequence[Atom]:
    """How somebody is addressed behind a title and a comma: "the ambassador of Peru to Japan, H.E. Mr. A"."""
    kinds = {a.kind for a in chain}
    if not glue.after_comma or Kind.title not in kinds or behind >= len(atoms):
        return ()
    if text.plain[chain[-1].end : atoms[behind].start] not in (", ", " "):
        return ()
    styles: list[Atom] = []
    for atom in atoms[behind : behind + _STYLES]:
        last = styles[-1].end if styles else None
        if atom.kind is not Kind.honorific or (last is not None and text.plain[last : atom.start] != " "):
            break
        styles.append(atom)
    return styles
