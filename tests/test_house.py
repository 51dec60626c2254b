"""The house around the code: dependencies, lock files, make targets, documents, purity of the extraction."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")

PACKAGE_OF_MODULE = {"yaml": "pyyaml"}
"""Where a module is named otherwise than its package."""

COMES_WITH = {"starlette": "fastapi", "pydantic-core": "pydantic"}
"""Modules that a declared package is made of: it chooses their version."""

USED_UNSEEN = {"httptools", "uvloop", "lxml-html-clean"}
"""uvicorn, and htmldate, import them where they are installed."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def package(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked(name: str) -> set[str]:
    return {package(line) for line in read(name).splitlines() if re.match(r"[a-z0-9]", line)}


def runtime() -> set[str]:
    return {package(requirement) for requirement in PROJECT["project"]["dependencies"]}


def modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def packages_used() -> set[str]:
    names = {name for _, tree in modules("app") for name in imported(tree)} - sys.stdlib_module_names - {"app"}
    used = {package(PACKAGE_OF_MODULE.get(name, name)) for name in names}
    return {COMES_WITH.get(name, name) for name in used}


def test_what_is_imported_is_declared() -> None:
    assert packages_used() - runtime() == {"distributed", "psycopg"}, "of the extras dask and postgres"


def test_what_is_declared_is_used() -> None:
    assert runtime() - packages_used() - USED_UNSEEN == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    text = read(name)
    assert "://" not in text
    assert not re.search(r"^\s*-{1,2}(i|index-url|extra-index-url|find-links|trusted-host)\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", read(name), flags=re.MULTILINE)[1:]
    assert len(entries) > 30
    for entry in entries:
        assert re.match(r"\S+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_every_dependency_is_locked() -> None:
    groups = PROJECT["dependency-groups"]
    build = {package(requirement) for requirement in groups["build"]}
    dev = {package(requirement) for requirement in groups["dev"]}
    assert runtime() | build <= locked("requirements.lock")
    extras = {package(one) for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra}
    assert runtime() | build | dev | extras <= locked("requirements-dev.lock")
    assert {package(requirement) for requirement in PROJECT["build-system"]["requires"]} == build


def test_both_locks_agree() -> None:
    pins = [set(re.findall(r"^[a-z0-9]\S*==\S+", read(name), re.MULTILINE)) for name in LOCKS]
    assert pins[0] <= pins[1]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".ci/run"])
def test_documents_name_targets_that_exist(document: str) -> None:
    named = set(
        re.findall(r"(?:^|`|then |python3 )make ((?:[a-z-]+ ?)+?)(?=$|[`\s]|[,;.])", read(document), re.MULTILINE)
    )
    words = {word for group in named for word in group.split()}
    assert words
    assert words <= targets()


def test_every_target_is_phony_and_explained() -> None:
    text = read("Makefile")
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets()
    assert set(re.findall(r"^([a-z-]+): ## \S", text, re.MULTILINE)) == targets()


def notes() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_decision_notes_are_numbered_listed_and_short() -> None:
    readme = read("README.md")
    assert [int(note.name[:4]) for note in notes()] == list(range(1, len(notes()) + 1))
    for note in notes():
        text = note.read_text(encoding="utf-8")
        assert f"docs/decisions/{note.name}" in readme, note.name
        assert text.startswith(f"# {int(note.name[:4])}. "), note.name
        assert len(text.splitlines()) <= 50, f"{note.name} is longer than a screen"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_links_inside_the_project_lead_somewhere(document: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", read(document)) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_extraction_asks_no_clock() -> None:
    clocks = {"today", "now", "utcnow", "fromtimestamp"}
    calls = [
        f"{path.name}:{node.lineno}"
        for path, tree in modules("app/extract")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in clocks
    ]
    assert calls == []


def test_every_language_is_a_package_so_that_its_imports_are_checked() -> None:
    folders = {path.parent for path in (ROOT / "app/extract/languages").glob("*/language.yaml")}
    assert folders
    assert [folder.name for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_the_version_stands_in_one_value() -> None:
    from app.version import VERSION

    assert PROJECT["project"]["version"] == VERSION


def test_a_wheel_carries_the_data_and_the_words(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {f"app/_data/{path.relative_to(ROOT / 'data').as_posix()}" for path in (ROOT / "data").rglob("*.yaml")}
    words = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app/extract/languages").rglob("*.yaml")}
    migrations = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app/store/migrations").rglob("*.py")}
    assert data
    assert words
    assert migrations
    assert (data | words | migrations | {"app/py.typed", "app/_data/eval_baseline.json"}) - names == set()
    assert not [name for name in names if name.startswith(("tests/", "bench/", "data/"))]


def setup(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the bootstrap of a copy that has no environment yet."""
    (folder / "tools").mkdir()
    for name in ("tools/setup.sh", "pyproject.toml", *LOCKS):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return subprocess.run(
        ["/bin/sh", "tools/setup.sh"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("printf 3.10.4", "Python 3.11 or newer is needed, and here is only 3.10.4"),
        ("printf 2.7.18", "Python 3.11 or newer is needed, and here is only 2.7.18"),
        ("exit 127", "does not run"),
        ('[ "$1" = -c ] && printf 3.12.0', "cannot make"),
    ],
)
def test_setting_up_fails_in_one_line(script: str, expected: str, tmp_path: Path) -> None:
    python = program(tmp_path / "a folder" / "python3", script)
    done = setup(tmp_path, PATH="/usr/bin:/bin", PYTHON=str(python))
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("setup: ")
    assert expected in line


def test_without_any_python_it_says_so(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "dirname", "echo tools")
    done = setup(tmp_path, PATH=str(tmp_path / "bin"))
    assert done.returncode == 1
    assert done.stderr.startswith("setup: no Python found; install Python 3.11 or newer")
    assert len(done.stderr.splitlines()) == 1
