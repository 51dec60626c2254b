"""Names that the knowledge base does not have, read by their shape right beside a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.extract.atoms import Atom, Kind
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.shortforms import short_forms
from app.knowledge.lookup import Knowledge

# Countries whose people have names of two or three Chinese characters in Chinese text.
_SINITIC = {"CN", "VN", "KR", "KP", "JP", "TW", "HK", "MO", "SG", None}
_JOINED = ("-", "—", "·")
_MAX_WORDS = 6
_TWO = 2
_LONG = 4
"""So many characters that stand for sounds, all up to a stop, are no Chinese name: 第一夫人梅拉尼亚|在…"""
_HOME_WORDS = 4
"""Most words of a name that begins with a surname of the home country: all of them may be common words too."""
_LOOSE_HYPHEN = re.compile(r" - [a-z]{2,6}(?=[ ,.;:)])")
"""The rest of a given name whose hyphen stands between spaces: Choi Jong| - kun."""
_ABBREVIATION = re.compile(r" (?:[A-Z]{2,6}|\([A-Z]{2,8}\))(?= [A-Z])")


@dataclass(frozen=True)
class _Shape:
    capitalised: re.Pattern[str] | None
    backwards: re.Pattern[str] | None
    connectors: frozenset[str]
    leading: frozenset[str]
    """Connectors that a name may begin with: von der Leyen."""
    not_names: frozenset[str]
    office_words: frozenset[str]
    surnames: frozenset[str]
    home_surnames: frozenset[str]
    hyphenated: frozenset[str]
    """Family names before given names with a hyphen, which some write with spaces around it: Shin Won - sik."""
    double: tuple[str, ...]
    japanese: tuple[str, ...]
    given_ends: frozenset[str]
    """Characters that a given name of three ends in: 丹羽|宇一郎."""
    no_given: frozenset[str]
    """Characters that no given name begins with: 铃木|周三."""
    foreign: re.Pattern[str] | None
    stops: frozenset[str]
    broken_by: frozenset[str]
    articles: tuple[str, ...]
    """Right before a name they say that it is a thing's: "the Rashtrapati Bhavan, the President …"."""
    places: frozenset[str]
    """Places whose names look like somebody's."""
    never: tuple[str, ...]
    """What no name begins with: 外长|周内|访华."""


@lru_cache
def _shape(pack: Pack) -> _Shape:
    data = pack.data("names")
    # An upper-case letter cannot be said in a character class; words that begin otherwise are cut off below.
    word = r"(?:[^\W\d_a-z]\.(?:[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+){0,3})?|[^\W\d_a-z][^\W\d_]*(?:['-][^\W\d_]+){0,3})"
    connector = "|".join(map(re.escape, data.get("connectors", ("al",))))
    leading = "|".join(map(re.escape, data.get("leading", ()))) or "\0"
    run = rf"(?:(?:{leading}) ){{0,2}}{word}(?:[ -](?:(?:{connector})[ -])?{word}){{0,{_MAX_WORDS - 1}}}"
    latin = data.get("unknown") == "capitalised"
    sounds = re.escape(data.get("transliteration", "") or "\0")
    return _Shape(
        capitalised=re.compile(run) if latin else None,
        backwards=re.compile(rf"(?:^|(?<=[ ,;(\"“]))({run}),? $") if latin else None,
        connectors=frozenset(data.get("connectors", ())),
        leading=frozenset(data.get("leading", ())),
        not_names=frozenset((*data.get("not_names", ()), *data.get("office_words", ()))),
        office_words=frozenset(data.get("office_words", ())),
        surnames=frozenset(data.get("surnames", "")),
        home_surnames=frozenset(data.get("home_surnames", ())),
        hyphenated=frozenset(data.get("hyphenated_surnames", ())),
        double=tuple(data.get("surnames_double", ())) or ("\0",),
        japanese=tuple(data.get("surnames_japanese", ())) or ("\0",),
        given_ends=frozenset(data.get("given_ends", "")),
        no_given=frozenset(data.get("no_given", "")),
        foreign=None if latin else re.compile(rf"[{sounds}]{{1,8}}(?:[·.—-][{sounds}]{{1,8}}){{0,4}}"),
        stops=frozenset(data.get("stops", "")),
        broken_by=frozenset(data.get("broken_by", ())),
        articles=tuple(f" {word} " for word in data.get("articles", ())) or ("\0",),
        places=frozenset(data.get("places_as_names", ())),
        never=tuple(data.get("never", ())) or ("\0",),
    )


def _capitalised(text: Text, start: int, limit: int, shape: _Shape) -> tuple[int, int] | None:
    if shape.capitalised is None or text.plain[start : start + 1] != " ":
        return None
    body = _ABBREVIATION.match(text.plain, start)  # "General Secretary of the CPI D. Raja": skip the body
    if body is not None:
        start = body.end()
    match = shape.capitalised.match(text.plain, start + 1, min(limit, start + 80))
    if match is None:
        return None
    written = _name_words(match.group(), shape)
    following = match.group()[len(written) :].split()[:1]
    if following and following[0] in shape.office_words:
        return None  # "National Authorizing Officer": what follows is another office
    if len(written) < 2 or (written.isupper() and len(written) < 6) or written in shape.places:
        return None
    end = start + 1 + len(written)
    if written.partition(" ")[0] in shape.hyphenated and (loose := _LOOSE_HYPHEN.match(text.plain, end)):
        end = loose.end()
    return start + 1, end


def _name_words(run: str, shape: _Shape) -> str:
    """The run up to the first word that belongs to no name: neither upper case nor a connector, or a common word."""
    kept: list[str] = []
    for word in run.split(" "):
        small = shape.connectors | shape.leading if kept else shape.leading
        at_home = 0 < len(kept) < _HOME_WORDS and kept[0] in shape.home_surnames  # Nguyễn Văn Khang
        if (word in shape.not_names and not at_home) or not (word[:1].isupper() or word.split("-")[0] in small):
            break
        kept.append(word)
    while kept and not (kept[-1][0].isupper() or "-" in kept[-1]):
        kept.pop()
    return " ".join(kept)


def _han(text: Text, start: int, country: str | None, shape: _Shape) -> tuple[int, int] | None:
    plain = text.plain
    if shape.foreign is None or start >= len(plain) or plain.startswith(shape.never, start):
        return None
    whole = _up_to_stop(plain, start, shape) if country is not None else None
    whole = whole or (_japanese(plain, start, shape) if country == "JP" else None)
    if whole is not None:
        return whole
    foreign = shape.foreign.match(plain, start)
    if country not in _SINITIC or (foreign and _by_sounds(plain, foreign, country, shape)):
        if foreign and len(foreign.group()) > 1:
            return _uncut(plain, foreign, shape)
        return _taken_on(plain, start, shape)
    surname = 2 if plain.startswith(shape.double, start) else 1 if plain[start] in shape.surnames else 0
    if surname == 0:
        return _uncut(plain, foreign, shape) if foreign and len(foreign.group()) >= 3 else None
    end = start + surname
    while (
        end < min(len(plain), start + surname + 2)
        and "\u4e00" <= plain[end] <= "\u9fff"
        and plain[end] not in shape.stops
    ):
        end += 1
    return (start, end) if end > start + surname else None


def _by_sounds(plain: str, run: re.Match[str], country: str | None, shape: _Shape) -> bool:
    """Whether a run of characters that stand for sounds is too long for a Chinese name."""
    length = run.end() - run.start()
    stopped = country is None and plain[run.end() : run.end() + 1] in shape.stops
    return length > _LONG or (length == _LONG and stopped) or "·" in run.group()


def _japanese(plain: str, start: int, shape: _Shape) -> tuple[int, int] | None:
    """A Japanese family name with a given name of one to three characters: 山口|壮, 志水|史雄, 丹羽|宇一郎."""
    surname = max((len(name) for name in shape.japanese if plain.startswith(name, start)), default=0)
    if not surname:
        return None
    begin = end = start + surname
    while end < min(len(plain), begin + 3) and "\u4e00" <= plain[end] <= "\u9fff" and plain[end] not in shape.stops:
        if end == begin + 2 and plain[end] not in shape.given_ends:
            break
        if plain[end] in shape.no_given and end < begin + 2:
            break
        end += 1
    return (start, end) if end > begin else None


def _taken_on(plain: str, start: int, shape: _Shape) -> tuple[int, int] | None:
    """A name of two or three characters that a foreigner has taken on, with a stop behind it: 瑞典驻华大使宋莲|向…"""
    if plain[start] not in shape.surnames or plain[start] in shape.stops:
        return None
    end = start + 1
    while end < min(len(plain), start + 4) and "\u4e00" <= plain[end] <= "\u9fff" and plain[end] not in shape.stops:
        end += 1
    return (start, end) if 2 <= end - start <= 3 and end < len(plain) else None


def _up_to_stop(plain: str, start: int, shape: _Shape) -> tuple[int, int] | None:
    """Two to four characters that end where a list goes on or a bracket opens: 大使萧晓山、…"""
    end = start
    while end < min(len(plain), start + 5) and "\u4e00" <= plain[end] <= "\u9fff" and plain[end] not in shape.stops:
        end += 1
    listed = plain[end : end + 1] in ("、", "等", "(")
    return (start, end) if listed and 2 <= end - start <= 4 else None


def is_tail(text: Text, start: int, end: int, pack: Pack) -> bool:
    """Whether two characters that are somebody's name end a longer one here: (记者 冯|武勇)."""
    if end - start != _TWO:
        return False
    shape, plain = _shape(pack), text.plain
    before = plain[max(0, start - 2) : start]
    alone = len(before) == _TWO and before[0] in " (者"
    return shape.foreign is not None and alone and before[1] in shape.surnames and before[1] not in shape.stops


def _uncut(plain: str, match: re.Match[str], shape: _Shape) -> tuple[int, int]:
    """The run up to where the next word begins: 克里|通电话, 佩雷斯|考察."""
    start, end = match.span()
    torn = (at for at in range(start + _TWO, end) if plain[at : at + 2] in shape.broken_by)
    return start, next(torn, end)


def _short_form(
    text: Text, start: int, country: str | None, pack: Pack, knowledge: Knowledge
) -> tuple[int, int] | None:
    """A short form of somebody known, right after a title in a script without spaces (总统特使克里)."""
    if pack.data("names").get("unknown") == "capitalised":
        return None
    index, shape, plain = short_forms(knowledge, pack.code), _shape(pack), text.plain
    run = shape.foreign.match(plain, start) if shape.foreign is not None and country is None else None
    stopped = run.end() - start if run and plain[run.end() : run.end() + 1] in shape.stops else 0
    for length in range(6, 1, -1):
        ids = index.get(plain[start : start + length])
        if ids is None or start + length > len(plain):
            continue
        joined = plain[start + length : start + length + 1] in _JOINED  # half of a double name
        joined = joined or (length == _TWO and stopped == length + 1)  # 外交部长|雷伊纳|率…
        if not joined and any(country in (None, knowledge.person[i].country) for i in ids):
            return start, start + length
    return None


def unknown_name(
    text: Text, first: int, start: int, following: Atom | None, country: str | None, pack: Pack, knowledge: Knowledge
) -> tuple[int, int] | None:
    """The name right after a chain of titles from `first` to `start`, if there is one by its shape."""
    shape = _shape(pack)
    known = _short_form(text, start, country, pack, knowledge)
    if known is not None:
        longer = _japanese(text.plain, start, shape) if country in ("JP", None) else None
        return longer if longer is not None and longer[1] > known[1] else known
    before = text.plain[max(0, first - 1) : first]
    if before in shape.surnames and before not in shape.stops:  # 范总理强调: the name stands before the title
        return None
    limit = following.start if following and _ends_name(text, following, country, knowledge) else len(text.plain)
    if limit <= start or (following and following.start == start + 1 and text.plain[start] in shape.stops):
        return None  # 中国外长|和|泰国总理
    if shape.capitalised is not None:
        return _capitalised(text, start, limit, shape)
    found = _han(text, start, country, shape)
    return found if found and found[1] <= limit else None


_WITHIN_NAMES = (Kind.country, Kind.place, Kind.short, Kind.metonym)


def _ends_name(text: Text, following: Atom, country: str | None, knowledge: Knowledge) -> bool:
    """Whether an unknown name cannot reach over what follows: it can where that is only a name of its last part, borne
    by people of other countries (智利外长胡安·佩雷斯)."""
    if following.kind is not Kind.person:
        return following.kind not in _WITHIN_NAMES
    if country is None or text.plain[following.start - 1 : following.start] != "·":
        return True
    return any(knowledge.person[i].country == country for i in following.values)


def apposed_name(text: Text, end: int, pack: Pack, *, subject: bool = False) -> tuple[int, int] | None:
    """The name between commas behind a title: "The undersecretary, Juan Carlos Robles, explained"; the second comma may
    be missing where the title is the `subject` of its sentence: "The ambassador of Peru, Ana Robles presented"."""
    shape = _shape(pack)
    if shape.capitalised is None or text.plain[end : end + 2] != ", ":
        return None
    match = shape.capitalised.match(text.plain, end + 2, min(len(text.plain), end + 80))
    written = _name_words(match.group(), shape) if match else ""
    follows = text.plain[end + 2 + len(written) : end + 4 + len(written)]
    closed = follows[:1] in (",", "(", ".") or follows == " (" or (subject and follows[1:].islower())
    return (end + 2, end + 2 + len(written)) if " " in written and closed else None


def unknown_name_before(text: Text, end: int, pack: Pack) -> tuple[int, int] | None:
    """The name right before a comma and a title: "Marc Knapper, US ambassador"."""
    shape = _shape(pack)
    if shape.backwards is None or text.plain[max(0, end - 2) : end] != ", ":
        return None
    window = max(0, end - 60)
    match = shape.backwards.search(text.plain[window:end])
    if match is None or " " not in match.group(1) or any(w in shape.not_names for w in match.group(1).split()):
        return None
    start = window + match.start(1)
    return None if text.low[max(0, start - 6) : start].endswith(shape.articles) else (start, window + match.end(1))
