"""Checks the knowledge base like code: `python -m app.knowledge.check [FOLDER]`, one line a problem."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.errors import KnowledgeError
from app.knowledge.load import TABLES, data_folder, raw_records
from app.knowledge.rules import RULES, Entry, Facts, Problem


def _identity(table: str, row: dict[str, Any]) -> str:
    return (
        "-".join(map(str, row.get("parties", ())))
        if table == "relations"
        else str(row.get("id", "a record without id"))
    )


def read(folder: Path) -> tuple[Facts, list[Problem]]:
    """All records of a folder, and what is wrong with each one taken alone. Raises KnowledgeError for broken YAML."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for table, path, row in raw_records(folder):
        entry = Entry(table, str(path.relative_to(folder)), _identity(table, row), row, None)
        try:
            entry = Entry(entry.table, entry.file, entry.id, row, TABLES[table].model.model_validate(row))
        except ValidationError as error:
            for one in error.errors():
                hint = (
                    " (YAML reads NO, yes, on, off as a truth value: quote it)"
                    if isinstance(one["input"], bool)
                    else ""
                )
                problems.append(entry.problem(f"{'.'.join(map(str, one['loc']))}: {one['msg']}{hint}"))
        entries.append(entry)
    return Facts(tuple(entries)), problems


def check(folder: Path) -> list[Problem]:
    """Everything wrong in a folder of knowledge, problems before warnings."""
    try:
        facts, problems = read(folder)
    except KnowledgeError as error:
        return [Problem("YAML", "not readable", str(error))]
    problems += [problem for rule in RULES for problem in rule(facts)]
    return sorted(problems, key=lambda problem: problem.warning)


def main(arguments: Iterable[str]) -> int:
    """Prints one line a problem; 1 where there is one that is no mere warning."""
    folder = Path(next(iter(arguments), data_folder("kb")))
    problems = check(folder)
    for problem in problems:
        print(problem)
    failures = sum(not problem.warning for problem in problems)
    print(f"knowledge base: {failures} problems, {len(problems) - failures} warnings in {folder}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
