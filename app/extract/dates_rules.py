"""The grammar of dates, shared by all languages: rules over the codes of `dates_words.py`.

A rule is a pattern over codes whose groups say what each number is: `y m d` of the last (or only) day and
`y1 m1 d1` of the first. Before and after it may stand words that say more (weekday, part of the day, tomorrow).
All repeats are bounded and runs are short, so reading a text takes linear time.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.extract.valueclass import valueclass

# Words before the numbers: "tối thứ Ba, ngày", "Tuesday,", "今天(".
_BEFORE = r"(?:[TWwRBSL][,(]?|d[,]?){0,5}"
# Words after them: "下午", "(thứ Tư)", "last year"; not those that open the next date.
_AFTER = r"(?:[,()]?(?:T|[Ww]|B)(?![,(]?[dnAC])){0,3}"
# Between the two days of a range: "và", "đến ngày", ", rạng sáng".
_JOIN = r"(?:[~&-]T?d?|,?Td?)"


@valueclass(frozen=True, slots=True)
class Rule:
    """A way to write a date."""

    name: str
    pattern: re.Pattern[str]
    needs: str
    """A code without which the rule cannot hold."""


def _rule(name: str, core: str, needs: str) -> Rule:
    return Rule(name, re.compile(f"{_BEFORE}(?P<core>{core}){_AFTER}"), needs)


RULES: tuple[Rule, ...] = (
    # 2022-07-26
    _rule("iso", r"(?P<y>q)(?P<s>[/.-])(?P<m>n)(?P=s)(?P<d>n)(?![/.-][nq])", "q"),
    # 23/05/2024 · 19/6/2024 - 20/6/2024 · 3, rạng sáng 4/5/2016
    _rule(
        "numbers_year",
        rf"(?:(?P<d1>n)(?:(?P<s1>[/.-])(?P<m1>n)(?:(?P=s1)(?P<y1>q))?)?{_JOIN})?"
        r"(?P<d>n)(?P<s>[/.-])(?P<m>n)(?P=s)(?P<y>q)",
        "q",
    ),
    # 29/3 · 19 và 20-6 · 30/10 đến 1/11
    _rule(
        "numbers",
        rf"(?:(?P<d1>n)(?:(?P<s1>[/.-])(?P<m1>n))?{_JOIN})?(?P<d>n)(?P<s>[/.-])(?P<m>n)(?![/.-][nqhx])",
        "n",
    ),
    # ngày 29 tháng 3 năm 2023 · 5 đến 7 tháng 11
    _rule(
        "units_before",
        rf"(?:(?P<d1>n)(?:m(?P<m1>n)(?:,?y(?P<y1>q))?)?{_JOIN})?(?P<d>n)m(?P<m>n)(?:(?:,?y|[/,-])(?P<y>q))?",
        "m",
    ),
    # tháng 11/2021
    _rule("units_before_month", r"m(?P<m>n)(?:(?:,?y|[/,-])?(?P<y>q))?", "m"),
    # năm 2023
    _rule("units_before_year", r"y(?P<y>q)", "y"),
    # 11月5日至12月7日
    _rule(
        "units_after_range",
        r"(?:(?P<y1>q)Y)?(?P<m1>n)O(?P<d1>n)D?[~&-](?:(?P<y>q)Y)?(?:(?P<m>n)O)?(?P<d>n)D",
        "O",
    ),
    # 28日至11月4日: from the month before
    _rule("units_after_into", r"(?P<d1>n)D[~-](?P<m>n)O(?P<d>n)D", "O"),
    # 2021年10月8日 · 21年10月8日
    _rule("units_after", r"(?:(?P<y>[qn])Y)?(?P<m>n)O(?P<d>n)D", "O"),
    # 2021年11月
    _rule("units_after_month", r"(?:(?P<y>q)Y)?(?P<m>n)O", "O"),
    # 2021年
    _rule("units_after_year", r"(?P<y>q)Y", "Y"),
    # 7日至9日
    _rule("units_after_days", r"(?P<d1>n)D?[~&-](?P<d>n)D", "D"),
    # 8日
    _rule("units_after_day", r"(?P<d>n)D", "D"),
    # March 29, 2023 · July 13-15 · July 30 to August 2, 2022
    _rule(
        "name_first",
        r"(?P<m1>A)(?P<d1>n)(?:,?(?P<y1>q))?[~&-](?P<m>A)?(?P<d>n)(?:,?(?P<y>q))?",
        "A",
    ),
    _rule("name_first", r"(?P<m>A)(?P<d>n)(?:,?(?P<y>q))?", "A"),
    # 29 March 2023 · 13-15 July · ngày 5 tháng Ba năm 2023
    _rule(
        "name_last",
        rf"(?:(?P<d1>n)(?P<m1>[AC])?(?:,?(?P<y1>q))?{_JOIN})?(?P<d>n)(?P<m>[AC])(?:,?y?(?P<y>q))?",
        "n",
    ),
    # November 2021 · tháng Mười Một năm 2021
    _rule("name_month", r"(?P<m>[AC]),?y?(?P<y>q)", "q"),
    _rule("name_month", r"(?P<m>C)", "C"),
    # last November · March this year
    _rule("name_month", r"(?:(?<=L)(?P<m>A)|(?P<ma>A)(?=B))", "A"),
    # ngày 8 · ngày 19 đến 20
    _rule("unit_before_day", r"(?<=d)(?:(?P<d1>n)[~&-]d?)?(?P<d>n)(?![/.-]?[nqhxACm])", "d"),
)

# Without numbers: sáng thứ Ba, yesterday evening, chiều cùng ngày, 上周二, last week.
# Not after a number: 4 năm sau is four years later.
WORDS = re.compile(
    r"(?<![nhx])(?:[TdLB],?){0,2}(?:[WRSFB]|(?<=[Td])w|w(?=B))(?:[,()]?(?:T|B|[Ww](?=\)))(?![,(]?[dnAC])){0,2}"
)

_STARTS = frozenset("TWwRBSLdnqmyACF")


@lru_cache(maxsize=4096)
def matches(codes: str, at: int) -> tuple[tuple[Rule | None, re.Match[str]], ...]:
    """All readings that begin at a place, the longest first; no rule for one of words alone.

    Kept, because the same few shapes of dates come again and again.
    """
    if codes[at] not in _STARTS:
        return ()
    found: list[tuple[Rule | None, re.Match[str]]] = [
        (rule, match) for rule in RULES if rule.needs in codes and (match := rule.pattern.match(codes, at)) is not None
    ]
    words = WORDS.match(codes, at)
    if words is not None:
        found.append((None, words))
    return tuple(sorted(found, key=lambda pair: -pair[1].end()))
