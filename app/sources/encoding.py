"""Which encoding bytes are in: what they prove first, what they declare next, what reads like news last.

Declarations are often wrong: pages in GB18030 call themselves UTF-8, servers say ISO-8859-1 of everything. So a
declaration counts only where the bytes bear it out. The Vietnamese encodings that Python does not know
are in `vietnamese_codes`; VISCII, which hardly any page was in, is not read.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from app.sources import vietnamese_codes

_SAMPLE = 1 << 16
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "tis-620": "cp874",
}
"""What a label means in practice: browsers read the larger set too."""
_CANDIDATES = ("gb18030", "big5hkscs", "cp1258", *vietnamese_codes.READERS, "cp1252")
"""What our languages were written in before UTF-8, tried in this order."""
_VIETNAMESE_WORDS = 0.8
"""So many words with marks must be Vietnamese syllables where nothing but the words tells an encoding."""
_LEAST = 0.6
"""So much beyond ASCII must be what the language mostly uses: true texts reach 0.9, others stay under 0.3."""
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323áàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ")
_WESTERN = frozenset("àâäçéèêëîïôöùûüñáíóúÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÑÁÍÓÚß–—‘’“”•…€£©®°·«»\xa0")
_STRAY = 0.01
"""Such a share of control characters, of a terminal or a page break, is no sign of bytes that are no text."""
_CHINESE = re.compile(r"[\u4e00-\u9fff\u3000-\u3011\uff01-\uff1f\u2018-\u201d\n\r\x20-\x7e]")
"""What a Chinese text is made of."""
_CHINESE_SHARE = 0.9
"""So much of a text: of bytes of chance, or of the other order, less than two thirds are."""
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def decoded(data: bytes, declared: str | None = None) -> tuple[str, str] | None:
    """The text and the name of its encoding; None where the bytes are no text in any encoding known here."""
    for encoding in _order(data, declared):
        try:
            text = _read(data, encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding.startswith("utf-16") or _is_clean(text[:_SAMPLE], encoding):
            return text, encoding
    return None


def _read(data: bytes, encoding: str) -> str:
    reader = vietnamese_codes.READERS.get(encoding)
    return reader(data) if reader else data.decode(encoding)


def _is_clean(sample: str, encoding: str) -> bool:
    """Whether there is no control character; bytes that prove to be UTF-8 may hold a stray one."""
    found = len(_CONTROL.findall(sample))
    return not found or (encoding.startswith("utf-8") and "\0" not in sample and found < _STRAY * len(sample))


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark proves, or zeros at every other place, or Chinese with zeros."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    sample = head[:2000]
    if len(sample) >= 8 and b"\0" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd > 10 * even and odd > len(sample) // 8:
            return "utf-16-le"
        if even > 10 * odd and even > len(sample) // 8:
            return "utf-16-be"
        # Of Chinese only digits and line ends leave zeros.
        return next((one for one in ("utf-16-le", "utf-16-be") if _is_mostly_chinese(sample, one)), None)
    return None


def _is_mostly_chinese(sample: bytes, encoding: str) -> bool:
    text = _tolerant(sample, encoding) or ""
    return len(_CHINESE.findall(text)) > _CHINESE_SHARE * len(text)


def _order(data: bytes, declared: str | None) -> Iterator[str]:
    """Encodings to try, the surest first. What they rest on is looked at only where those before did not do: nearly all
    text is UTF-8, and to tell the others takes a hundred times as long as to read it."""
    if proved := marked(data):
        yield proved
        return
    # What is valid UTF-8 beyond ASCII is UTF-8, whatever it says; of ASCII any reading is the same.
    yield "utf-8"
    sample = data[:_SAMPLE]
    named = _known(declared)
    if named and named not in ("utf-8", "cp1252") and _share(sample, named) >= _LEAST:
        yield named
    likely = sorted(((_share(sample, one), -n, one) for n, one in enumerate(_CANDIDATES)), reverse=True)
    yield from (one for share, _, one in likely if share >= _LEAST)
    if named:
        yield named


def _known(declared: str | None) -> str | None:
    """The codec of a label; None for one that nobody knows, or that says nothing of bytes above ASCII."""
    try:
        name = codecs.lookup((declared or "").strip().strip("'\"").lower() or "?").name
    except (LookupError, ValueError):
        return None
    # What claims to be UTF-16 was read as ASCII so far: it is not.
    return None if name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode")) else _WIDER.get(name, name)


def _share(sample: bytes, encoding: str) -> float:
    """How much of what is not ASCII is common in the languages of that encoding, 0 to 1; 0 where it does not decode."""
    if reader := vietnamese_codes.READERS.get(encoding):
        found = vietnamese_codes.share(reader(sample))
        return found if found >= _VIETNAMESE_WORDS else 0.0
    text = _tolerant(sample, encoding)
    beyond = [c for c in text if c > "\x7f"] if text else []
    if not text or not beyond:
        return 0.0
    if encoding in ("gb18030", "big5hkscs", "cp950", "gbk"):
        return _chinese(sample, encoding, beyond)
    if encoding == "cp1258":
        good = sum(c in _VIETNAMESE for c in beyond) / len(beyond)
        # Letters that carry a second mark are what only Vietnamese has: a tenth of all letters beyond ASCII at least.
        return good if _composed(text) >= len(beyond) / 20 else 0.0
    if encoding == "cp1252":
        return sum(c in _WESTERN for c in beyond) / len(beyond) * (1.0 if len(beyond) < len(text) / 5 else 0.3)
    return sum(unicodedata.category(c)[0] in "LPMZ" for c in beyond) / len(beyond)


def _tolerant(sample: bytes, encoding: str) -> str | None:
    """The sample as text, a character that the end of the sample cuts aside."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeError, LookupError):
        return None


def _composed(text: str) -> int:
    """How many letters take a combining mark and become one of Vietnamese."""
    return sum(len(unicodedata.normalize("NFC", a + b)) == 1 for a, b in pairwise(text) if b in _MARKS)


def _chinese(sample: bytes, encoding: str, beyond: list[str]) -> float:
    """The share of characters of the first level, which both standards sort before the rare ones: nine in ten of a
    text in that encoding, three in ten of one in the other."""
    first, last = ("b0", "d7") if encoding in ("gb18030", "gbk") else ("a4", "c6")
    leads = range(int(first, 16), int(last, 16) + 1)
    level = 0
    for c in beyond:
        raw = c.encode(encoding, "ignore")
        common = len(raw) == 2 and (raw[0] in leads)
        level += common or unicodedata.category(c)[0] in "PZN" or c in "％＋－＝"
    return level / len(beyond) if sample else 0.0
