"""Folding of Vietnamese spelling: the tone mark of oa, oe, uy in its older place (hòa) or newer place (hoà), and eth.

Old typesetting has the Icelandic letter eth, which looks the same in upper case, for Đ.
"""

from __future__ import annotations

import re

_NEWER = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLDER = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TABLE = dict(zip(_NEWER, _OLDER, strict=True))
_TABLE |= {n.upper(): o.upper() for n, o in _TABLE.items()}
_TABLE |= {n.capitalize(): o.capitalize() for n, o in zip(_NEWER, _OLDER, strict=True)}

# Only where the two vowels end the syllable (hoà, not hoàn), and not after q, where u belongs to the consonant (quý).
# The letter comes first and what is before it after: the search is fast for patterns that begin with a set.
_AFTER = {first: "".join(pair[1] for pair in _TABLE if pair[0] == first) for first in "oOuU"}
_PAIR = "|".join(f"(?<={first})[{marked}]" for first, marked in _AFTER.items())
_PLACE = re.compile(rf"[oOuU](?<![qQ].)(?:{_PAIR})(?![^\W\d_])")


def fold(text: str) -> str:
    """The text with every tone mark in the older place, and Đ for eth; same length."""
    return _PLACE.sub(lambda m: _TABLE[m.group()], text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
