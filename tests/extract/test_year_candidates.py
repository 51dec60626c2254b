"""The readings of an open date as columns of numbers."""

from __future__ import annotations

from datetime import date

from app.extract.year_model import Candidate, Candidates


def test_columns_say_what_the_dates_say() -> None:
    days = [Candidate(date(year, 12, 30), date(year + 1, 1, 2)) for year in (2019, 2020, 2021)]
    candidates = Candidates(days)
    assert [*candidates] == days
    assert candidates[-1] is days[-1]
    assert candidates.years == [2019, 2020, 2021]
    assert [one - candidates.months[0] for one in candidates.months] == [0, 12, 24]
    assert [date.fromordinal(one) for one in candidates.first] == [c.start for c in days]
    assert [date.fromordinal(one) for one in candidates.last] == [c.end for c in days]


def test_those_overlap_that_share_a_day() -> None:
    candidates = Candidates(Candidate(date(year, 3, 1), date(year, 3, 3)) for year in (2020, 2021))
    ends = date(2021, 3, 3).toordinal(), date(2021, 4, 1).toordinal()
    assert candidates.overlapping(*ends) == [False, True]
    assert candidates.overlapping(ends[0] + 1, ends[1]) == [False, False]
