"""Puts the toy reader and its knowledge in the place of the rules, in a process that imports it: see `command`."""

from __future__ import annotations

import sys
import types

import app.knowledge.load
from tests import toy

app.knowledge.load.load_knowledge = lambda: toy.KNOWLEDGE  # type: ignore[assignment]
_rules = types.ModuleType("app.extract.pipeline")
_rules.extract = toy.extract  # type: ignore[attr-defined]
sys.modules[_rules.__name__] = _rules
