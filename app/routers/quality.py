"""How well articles are read: the figures that the extraction was measured at, language by language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import orjson
from fastapi import APIRouter
from pydantic import Field

from app.knowledge.load import data_folder
from app.records import Record
from app.routers.deps import no_query
from app.routers.problems import documented
from app.version import VERSION

router = APIRouter(tags=["server"])

Share = Annotated[float, Field(ge=0, le=1)]

_FIGURES = {
    "event": "Events found: F1, the harmonic mean of precision and recall",
    "people": "People who took part: F1",
    "parties": "Countries and organisations that are parties: F1",
    "topics": "Topics of events: F1",
    "commit": "Commitments: F1",
    "type": "Events found whose type is right",
    "date": "Dates that are right to the day",
    "year": "Dates whose year is right",
    "mode": "Modes of contact that are right",
    "country": "Countries of people that are right",
    "role": "Roles of people that are right",
    "title": "Offices of people that are right",
    "venue_country": "Countries of venues that are right",
    "venue_city": "Cities of venues that are right",
    "occasion": "Occasions that are right",
    "commit_actor": "Commitments found whose actors are right",
    "commit_kind": "Commitments found whose kind is right",
    "commit_topic": "Commitments found whose topics are right",
    "amount": "Amounts of commitments that are right",
    "deadline": "Deadlines of commitments that are right",
    "grounded": "Values whose evidence stands in the text at its place",
    "language": "Articles whose language is right",
    "article_perfect": "Articles in which nothing is wrong",
    "score": "Mean of event, people, commit, date, venue_country and type",
}
_SETS = {
    "dev": "Articles of news agencies and ministries with records made by hand, seen while the rules were written",
    "samples": "The sample articles that come with the program",
    "seeds": "The articles that the project began with",
}


class QualityFigure(Record):
    """One measured figure."""

    name: Annotated[str, Field(examples=["event"])]
    """Its name."""
    meaning: str
    """What was measured."""
    value: Share
    """1 is without a fault."""


class LanguageQuality(Record):
    """The figures of one language."""

    language: Annotated[str, Field(examples=["vi"])]
    """BCP 47 primary tag; `all` for the set as a whole."""
    figures: tuple[QualityFigure, ...]
    """What was measured."""


class SetQuality(Record):
    """What was measured on one set of articles."""

    name: Annotated[str, Field(examples=["samples"])]
    """Name of the set."""
    description: str
    """What is in it."""
    fingerprint: str
    """SHA-256 of its articles and of the records made by hand: equal for equal sets."""
    languages: tuple[LanguageQuality, ...]
    """The figures, all languages together first."""


class Quality(Record):
    """How well this version of the program reads articles."""

    version: str
    """Version of the program."""
    method: str = (
        "Compared with records made by hand by `dragoman eval`; a later version may not fall below these figures."
    )
    """How it was measured."""
    sets: tuple[SetQuality, ...]
    """One for each set of articles."""


def _baseline() -> Path:
    """The committed figures: beside the data of a checkout, or in the installed package."""
    checkout = Path(__file__).resolve().parents[2] / "tests" / "eval_baseline.json"
    return checkout if checkout.is_file() else data_folder("eval_baseline.json")


def _language(language: str, figures: dict[str, float]) -> LanguageQuality:
    known = (name for name in _FIGURES if name in figures)
    return LanguageQuality(
        language=language,
        figures=tuple(QualityFigure(name=name, meaning=_FIGURES[name], value=figures[name]) for name in known),
    )


@lru_cache
def _quality() -> Quality:
    floors = orjson.loads(_baseline().read_bytes())
    return Quality(
        version=VERSION,
        sets=tuple(
            SetQuality(
                name=name,
                description=_SETS.get(name, "Articles with records made by hand"),
                fingerprint=floor["fingerprint"],
                languages=tuple(_language(code, figures) for code, figures in floor["figures"].items()),
            )
            for name, floor in floors.items()
        ),
    )


@router.get(
    "/quality",
    operation_id="get_quality",
    summary="Read how well articles are read",
    responses=documented(),
    dependencies=[no_query],
)
async def get_quality() -> Quality:
    """The measured score of the extraction, per language, as it was committed with this version."""
    return _quality()
