"""Terms of office from Wikidata: the SPARQL query that asks for them, and the reading of its answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from app.errors import KnowledgeError, SourceError
from app.knowledge.lookup import Knowledge
from app.knowledge.matching import Matcher, words_of
from app.knowledge.rules import traditional

CLASSES: dict[str, tuple[str, str]] = {
    "head-of-state": ("Q48352", ""),
    "head-of-government": ("Q2285706", ""),
    "president": ("Q30461", ""),
    "prime-minister": ("Q14212", ""),
    "foreign-minister": ("Q7330070", ""),
    "defence-minister": ("Q83307", "defen[cs]e"),
    "trade-minister": ("Q83307", "trade|commerce"),
    "finance-minister": ("Q83307", "financ|treasury"),
    "minister": ("Q83307", ""),
}
"""What can be asked for -> the Wikidata class of the office, and what its English label must hold."""

_LANGUAGES = {"nameEn": "en", "nameVi": "vi", "nameZh": "zh", "nameHant": "zh-hant"}
_PRECISIONS = {"9": 4, "10": 7, "11": 10}
"""Wikidata's precision of a time (year, month, day) -> how much of the ISO date is known."""

_QUERY = """\
SELECT DISTINCT ?person ?nameEn ?nameVi ?nameZh ?nameHant ?office ?officeLabel ?iso
                ?start ?startPrecision ?end ?endPrecision WHERE {{
{countries}  ?office wdt:P31?/wdt:P279* wd:{kind} .
  {{ ?office wdt:P1001 ?country . }} UNION {{ ?office wdt:P17 ?country . }}
  ?country wdt:P297 ?iso .
  ?person wdt:P31 wd:Q5 ; p:P39 ?held .
  ?held ps:P39 ?office .
  MINUS {{ ?held wikibase:rank wikibase:DeprecatedRank . }}
  ?held pqv:P580 [ wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision ] .
  OPTIONAL {{ ?held pqv:P582 [ wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision ] . }}
  FILTER(!BOUND(?end) || YEAR(?end) >= {since})
  ?office rdfs:label ?officeLabel . FILTER(LANG(?officeLabel) = "en")
{words}  OPTIONAL {{ ?person rdfs:label ?nameEn . FILTER(LANG(?nameEn) = "en") }}
  OPTIONAL {{ ?person rdfs:label ?nameVi . FILTER(LANG(?nameVi) = "vi") }}
  OPTIONAL {{ ?person rdfs:label ?nameZh . FILTER(LANG(?nameZh) = "zh") }}
  OPTIONAL {{ ?person rdfs:label ?nameHant . FILTER(LANG(?nameHant) = "zh-hant") }}
}}
ORDER BY ?iso ?officeLabel ?start
"""


@dataclass
class Found:
    """A person as Wikidata has them, as rows of our YAML; `notes` say what was left out and why."""

    country: str
    row: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def query(office: str = "head-of-government", countries: Iterable[str] = (), since: int = 1995) -> str:
    """The query for all holders of a kind of office, of some countries (ISO codes) or all, in office since a year.

    Raises KnowledgeError for an office that no class is known of and for what is no ISO code.
    """
    if office not in CLASSES:
        raise KnowledgeError(f"office {office!r}: one of {', '.join(CLASSES)} can be asked for")
    codes = [code.upper() for code in countries]
    if wrong := [code for code in codes if not re.fullmatch(r"[A-Z]{2}", code)]:
        raise KnowledgeError(f"country {wrong[0]!r}: a code of two letters is expected")
    kind, words = CLASSES[office]
    values = " ".join(f'"{code}"' for code in codes)
    return _QUERY.format(
        kind=kind,
        since=since,
        countries=f"  VALUES ?iso {{ {values} }}\n" if codes else "",
        words=f'  FILTER(REGEX(?officeLabel, "{words}", "i"))\n' if words else "",
    )


def read_result(path: Path) -> list[dict[str, str]]:
    """The rows of a query result in the JSON format of SPARQL. Raises SourceError for anything else."""
    try:
        rows = orjson.loads(path.read_bytes())["results"]["bindings"]
        return [{name: str(cell["value"]) for name, cell in row.items()} for row in rows]
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: no query result in the JSON format of SPARQL") from error


def people_of(rows: Iterable[Mapping[str, str]], knowledge: Knowledge) -> tuple[list[Found], list[str]]:
    """The people of a result, and a line for each row that cannot be taken over.

    The rows of one person are put together. An office is understood by its English label ("Prime Minister of Japan").
    """
    matcher = Matcher(knowledge)
    people: dict[str, Found] = {}
    odd: dict[str, None] = {}
    for row in rows:
        item = row.get("person", "").rpartition("/")[2]
        name = unicodedata.normalize("NFC", row.get("nameEn", "").strip())
        country = matcher.country(row.get("iso", ""))
        offices = _offices(row.get("officeLabel", ""), country, matcher) if country else frozenset()
        term = _term(row, offices)
        if not re.fullmatch(r"Q\d+", item) or not slug(name) or country is None or term is None:
            odd[f"{item or 'no item'} {name or 'without an English name'}: {_why(row, country, offices)}"] = None
            continue
        found = people.setdefault(item, Found(country, _person(item, name)))
        _add_names(found, row)
        if country != found.country:
            term["country"] = country
        if term not in found.row["terms"]:
            found.row["terms"].append(term)
    for found in people.values():
        found.row["terms"].sort(key=lambda t: t["start"])
    return list(people.values()), list(odd)


def _why(row: Mapping[str, str], country: str | None, offices: frozenset[str]) -> str:
    if country is None:
        return f"country {row.get('iso', '')!r} is not known"
    if len(offices) != 1:
        return f"office {row.get('officeLabel', '')!r} is not understood"
    return f"start {row.get('start', '')!r} is not known to the year at least"


def _offices(label: str, country: str, matcher: Matcher) -> frozenset[str]:
    """Our office for an English label, whose it is aside: `Prime Minister of Japan`, `Minister of Defence`."""
    words = re.sub(r"\s*\(.*\)$", "", label)
    owner = [form for form in matcher.forms(country) if words.startswith(f"{form} ")]
    words = words[len(owner[0]) :].strip() if owner else words  # United States Secretary of State
    while words and words.casefold() != "minister":  # a minister of what is not known here is not just any
        if found := matcher.offices(words, country):
            return found
        words = words.rpartition(" of ")[0]
    return frozenset()


def _term(row: Mapping[str, str], offices: frozenset[str]) -> dict[str, str] | None:
    start = partial(row.get("start", ""), row.get("startPrecision", "11"))
    if start is None or len(offices) != 1:
        return None
    end = partial(row.get("end", ""), row.get("endPrecision", "11"))
    return {"office": next(iter(offices)), "start": start} | ({"end": end} if end else {})


def partial(time: str, precision: str) -> str | None:
    """`2021-04-01T00:00:00Z` known to the month -> `2021-04`; None for less than a year or no date."""
    match = re.match(r"\+?(\d{4}-\d{2}-\d{2})T", time)
    length = _PRECISIONS.get(precision)
    return match.group(1)[:length] if match and length else None


def slug(name: str) -> str:
    """Id of a name: `Phạm Minh Chính` -> `pham-minh-chinh`."""
    return "-".join(re.sub(r"[^a-z0-9]", "", word) for word in words_of(name) if re.search(r"[a-z0-9]", word))


def _person(item: str, name: str) -> dict[str, Any]:
    return {"id": slug(name), "name": name, "names": {}, "wikidata": item, "source": f"wikidata: {item}", "terms": []}


def _add_names(found: Found, row: Mapping[str, str]) -> None:
    """Labels as names; Chinese ones only where they are simplified, since traditional text is folded first."""
    for column, language in _names(row):
        form = unicodedata.normalize("NFC", row[column].strip())
        if not form or form == found.row["name"]:
            continue
        if language.startswith("zh") and (odd := traditional(form)):
            note = f"{found.row['id']}: {form!r} is left out, {odd!r} is traditional"
            found.notes += [note] if note not in found.notes else []
            continue
        listed = found.row["names"].setdefault("zh" if language.startswith("zh") else language, [])
        if form not in listed:
            listed.append(form)


def _names(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((column, language) for column, language in _LANGUAGES.items() if row.get(column))
