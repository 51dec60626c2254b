"""`dragoman keys`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.commands.keys import SCOPES
from app.errors import DragomanError
from app.store import keys
from app.store.engine import open_store
from app.store.keys import KeyScope


def run(path: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["keys", *arguments, "--database", str(path)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    token = run(path, "create", "press office", "--scope", "write").strip()
    assert token.startswith("drg_")
    listed = run(path, "list")
    assert "press office" in listed
    assert token.split("_", 2)[2] not in listed
    store = open_store(f"sqlite:///{path}")
    with store.read() as session:
        assert keys.find(session, token).scopes == {KeyScope.write}
    run(path, "revoke", "press office")
    with store.read() as session:
        assert keys.find(session, token) is None
    store.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "x", "--scope", "all"], "one of: read, write, admin"),
        (["create", " "], "1 to 100 printable"),
        (["revoke", "nobody"], "no key 'nobody'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    with pytest.raises(DragomanError, match=said):
        run(tmp_path / "keys.db", *arguments)


def test_a_name_is_one_keys(tmp_path: Path) -> None:
    run(tmp_path / "keys.db", "create", "x")
    with pytest.raises(DragomanError, match="already"):
        run(tmp_path / "keys.db", "create", "x")


def test_the_scopes_are_those_of_the_store() -> None:
    assert tuple(KeyScope) == SCOPES
