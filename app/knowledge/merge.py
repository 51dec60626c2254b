"""Merges people from elsewhere into `data/kb/people/<country>.yaml`: adds and completes, never overwrites.

The files are written by hand, so only the records that change are written anew, each in the style of its file; all
other lines stay as they are, comments included.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from app.errors import KnowledgeError, SourceError
from app.knowledge.load import raw_records
from app.knowledge.lookup import FAR, first_day, last_day
from app.knowledge.matching import same_name, words_of
from app.knowledge.models import Person
from app.knowledge.wikidata import Found

_ORDER = ("id", "died", "name", "names", "short", "country", "wikidata", "source", "terms")
_SPLIT = re.compile(r"(?m)^(?=- )")


@dataclass
class Merged:
    """What a merge comes to."""

    files: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """By country: the records that are new or changed, by id, as they should be."""
    changes: list[str] = field(default_factory=list)
    """What was added or completed, a line each."""
    differences: list[str] = field(default_factory=list)
    """What contradicts the knowledge base and was left alone, a line each."""


def merge(found: Iterable[Found], folder: Path) -> Merged:
    """What the people of a result add to the knowledge base of a folder. Nothing is written."""
    records = list(raw_records(folder))
    rows = [(path.stem, row) for table, path, row in records if table == "people"]
    taken = {row["id"] for table, _, row in records if table in ("people", "organizations")}  # one set of ids: actors
    merged = Merged()
    for one in found:
        known = _known(one, rows)
        if known is None:
            _add(one, taken, merged)
        elif len(known) > 1:
            ids = ", ".join(row["id"] for _, row in known)
            merged.differences.append(f"{one.row['name']} ({one.row['wikidata']}): may be any of {ids}")
        else:
            _complete(one, *known[0], merged)
    return merged


def _known(one: Found, rows: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]] | None:
    """The record of a person: by the Wikidata id, else by a full name in the same country."""
    by_id = [(file, row) for file, row in rows if row.get("wikidata") == one.row["wikidata"]]
    if by_id:
        return by_id
    forms = [one.row["name"], *one.row["names"].get("en", ())]
    by_name = [
        (file, row)
        for file, row in rows
        if one.country in {row.get("country"), *(t.get("country") for t in row.get("terms") or ())}
        and not row.get("wikidata")
        and any(same_name(form, ours) for form in forms for ours in (row["name"], *row.get("names", {}).get("en", ())))
    ]
    return by_name or None


def _add(one: Found, taken: set[str], merged: Merged) -> None:
    row = {key: value for key, value in one.row.items() if value}
    if row["id"] in taken:
        row["id"] = f"{row['id']}-{one.country.lower()}"
    if row["id"] in taken:
        merged.differences.append(f"{row['name']} ({row['wikidata']}): the id {row['id']} is taken")
        return
    taken.add(row["id"])
    merged.files.setdefault(one.country, {})[row["id"]] = row
    merged.changes.append(f"{row['id']}: new, {len(row['terms'])} terms")


def _complete(one: Found, file: str, row: dict[str, Any], merged: Merged) -> None:
    """Adds to a record what it lacks; what it says otherwise is a difference."""
    new = copy.deepcopy(row)
    done: list[str] = []
    if not new.get("wikidata"):
        new["wikidata"] = one.row["wikidata"]
        done.append(f"wikidata {new['wikidata']}")
    done += _complete_names(one.row, new)
    for term in one.row["terms"]:
        theirs = {"country": one.country} | term
        done += _complete_term(theirs, new, one.row["source"], merged)
    if done:
        new["terms"].sort(key=lambda t: t["start"])
        merged.files.setdefault(file, {})[new["id"]] = _without_defaults(new, file)
        merged.changes += [f"{new['id']}: {what}" for what in done]


def _complete_names(theirs: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Names in languages that the record has none in; where it has some, they were chosen."""
    done = []
    for language, forms in theirs["names"].items():
        own = new.setdefault("names", {})
        if not own.get(language) and not any(words_of(form) == words_of(new["name"]) for form in forms):
            own[language] = forms
            done.append(f"names.{language} {', '.join(forms)}")
    return done


def _complete_term(theirs: dict[str, str], new: dict[str, Any], source: str, merged: Merged) -> list[str]:
    """A term that is not there is added; one that is gets its end, and its dates to the day."""
    same = [t for t in new["terms"] if all(t.get(k) == theirs[k] for k in ("office", "country")) and _touch(t, theirs)]
    what = f"{theirs['office']} of {theirs['country']}"
    if not same:
        new["terms"].append({**theirs, "source": source})
        return [f"{what} from {theirs['start']} to {theirs.get('end', '…')}"]
    done = []
    ours = min(same, key=lambda t: abs((first_day(t["start"]) - first_day(theirs["start"])).days))
    for end in ("start", "end"):
        own, other = ours.get(end), theirs.get(end)
        if other is None or own == other or (own is not None and own.startswith(other)):
            continue
        if own is None or other.startswith(own):
            ours[end] = other
            done.append(f"{what}: {end} {own or 'open'} is {other}")
        else:
            merged.differences.append(f"{new['id']}: {what}: {end} {own} here, {other} in {source}")
    return done


def _touch(ours: dict[str, str], theirs: dict[str, str]) -> bool:
    """Whether two terms share a day; one that only follows the other is a term of its own."""
    ends = min(last_day(ours.get("end")), last_day(theirs.get("end")))
    return max(first_day(ours["start"]), first_day(theirs["start"])) < min(ends, FAR)


def _without_defaults(row: dict[str, Any], file: str) -> dict[str, Any]:
    """A record as it is written: without the country that its file and its person say."""
    country = row.get("country")
    for term in row["terms"]:
        if term.get("country") == country:
            term.pop("country", None)  # people of bodies have neither
    if country == file or country is None:
        row.pop("country", None)
    return {key: row[key] for key in _ORDER if row.get(key)}


def render(row: dict[str, Any], *, flow: bool = False) -> str:
    """A record as YAML: one line a field, or `{id: …, terms: [` with one line a term, as files have it."""
    fields = [
        _inline({key: value})[1:-1] for key, value in row.items() if key != "terms"
    ]  # in braces commas are quoted
    terms = [_inline(term) for term in row["terms"]]
    if flow:
        lines = ",\n".join(f"    {term}" for term in terms)
        return f"- {{{', '.join(fields)}, terms: [\n{lines}\n  ]}}\n"
    return "- " + "\n  ".join([*fields, "terms:", *(f"- {term}" for term in terms)]) + "\n"


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("...\n").rstrip("\n")


def updated(text: str, records: dict[str, dict[str, Any]]) -> str:
    """The text of a file with records replaced or, where it has none of that id, added at its end."""
    head, *blocks = _SPLIT.split(text) if text else ("",)
    if head.startswith("- "):
        head, blocks = "", [head, *blocks]
    flow = bool(blocks) and blocks[0].startswith("- {")
    left = dict(records)
    for i, block in enumerate(blocks):
        row = yaml.safe_load(block)[0]
        if row["id"] in left:
            comments = "".join(line + "\n" for line in block.splitlines() if line.lstrip().startswith("#"))
            blocks[i] = comments + render(left.pop(row["id"]), flow=block.startswith("- {"))
    added = [render(row, flow=flow) for row in left.values()]
    end = "" if not blocks or blocks[-1].endswith("\n") else "\n"
    return head + "".join(blocks) + end + "".join(added)


def write(merged: Merged, folder: Path) -> list[Path]:
    """Writes a merge into the files of a folder. Raises KnowledgeError before anything is written wrong."""
    texts: dict[Path, str] = {}
    for country, records in merged.files.items():
        path = folder / "people" / f"{country}.yaml"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = updated(before, records)
        _checked(path, before, after, records)
        texts[path] = after
    for path, text in texts.items():
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error
    return list(texts)


def _checked(path: Path, before: str, after: str, records: dict[str, dict[str, Any]]) -> None:
    """Nothing but the records meant may change, and those must be valid."""
    old, new = ({row["id"]: row for row in yaml.safe_load(text) or []} for text in (before, after))
    changed = {id for id, row in new.items() if old.get(id) != row}
    if changed - set(records) or set(old) - set(new):
        raise KnowledgeError(f"{path.name}: other records would change, nothing was written")
    for id, row in records.items():
        try:
            Person.model_validate(row)
        except ValidationError as error:
            raise KnowledgeError(f"{path.name}: {id}: {error.errors()[0]['msg']}") from error
