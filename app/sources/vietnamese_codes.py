"""What Vietnamese was written in before Unicode and Python cannot read: TCVN3 (the ABC fonts) and VNI for Windows.

TCVN3 has a byte for each letter (TCVN 5712:1993, set 3; its capitals with tones were a matter of the font). VNI writes
a letter and, after it, the mark of its tone and shape as a letter of windows-1252. Both leave the lower half ASCII, and
both are valid in any encoding of single bytes: only that the words are Vietnamese tells them.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = dict(
    zip(
        (*range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9),
         *range(0xDC, 0xE0), *range(0xE1, 0xF0), *range(0xF1, 0xFF)),
        "ĂÂÊÔƠƯĐăâêôơưđ" "àảãáạ" "ằẳẵắ" "ặầẩẫấậè" "ẻẽéẹềểễếệìỉ" "ĩíịò" "ỏõóọồổỗốộờởỡớợù" "ủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)  # fmt: skip

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    """What each letter, and each letter with the mark after it, stands for."""
    pairs = {f"{vowel}{mark}": f"{vowel}{tone}" for vowel in "aeouyöô" for mark, tone in _TONES.items()}
    pairs |= {f"{vowel}{mark}": f"{vowel}\u0302{tone}" for vowel in "aeo" for mark, tone in _CIRCUMFLEX.items()}
    pairs |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    found = _ALONE | {pair: _ALONE.get(said[0], said[0]) + said[1:] for pair, said in pairs.items()}
    both = dict(found)
    for pair, said in found.items():
        both |= {pair.upper(): said.upper(), pair[0].upper() + pair[1:]: said[0].upper() + said[1:]}
    return {pair: unicodedata.normalize("NFC", said) for pair, said in both.items()}


_VNI = _vni()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gi?|gh|h|kh?|l|m|nhg?|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?[aăâeêioôơuưy]{1,3}(?:ch?|m|ng|nh?|p|t)?"
)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_LEAST_WORDS = 5


def tcvn3(data: bytes) -> str:
    """Reads TCVN3; what it has no letter for is read as windows-1252, whose quotes and dashes stand in such texts. A
    line without small ASCII letters was set in the font of capitals."""
    lines = data.decode("cp1252", "replace").splitlines(keepends=True)
    read = ((line.translate(_TCVN3_OF_WESTERN), _is_capital(line)) for line in lines)
    return "".join(text.upper() if capital else text for text, capital in read)


def _is_capital(line: str) -> bool:
    return not _SMALL.search(line) and len(_CAPITAL.findall(line)) > 1


_TCVN3_OF_WESTERN = {ord(bytes([code]).decode("cp1252")): letter for code, letter in _TCVN3.items()}


def vni(data: bytes) -> str:
    """Reads VNI for Windows."""
    return _VNI_LETTER.sub(lambda found: _VNI[found[0]], data.decode("cp1252", "replace"))


READERS = {"tcvn3": tcvn3, "vni": vni}
"""By the name of the encoding."""


def share(text: str) -> float:
    """How many of the words with a letter beyond ASCII are Vietnamese syllables, 0 to 1: 0.97 and more of a true text,
    under 0.3 of another language or of a text that is read wrongly. 0 where there are too few to tell."""
    words = [word.lower() for word in _WORD.findall(text) if not word.isascii()]
    if len(words) < _LEAST_WORDS:
        return 0.0
    return sum(map(_is_syllable, words)) / len(words)


def _is_syllable(word: str) -> bool:
    marked = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", _TONE.sub("", marked))
    return len(_TONE.findall(marked)) <= 1 and _SYLLABLE.fullmatch(bare) is not None
