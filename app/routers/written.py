"""Filters as people write them on a command line: `country=VN`, the same names and values as over HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_origin

from pydantic import ValidationError

from app.errors import InvalidParameterError, Issue
from app.knowledge.lookup import Knowledge
from app.routers import validation
from app.routers.asking import event_query
from app.routers.country_names import country_names
from app.routers.filters import EventFilters
from app.store.asked import EventQuery


def query(written: Iterable[str], knowledge: Knowledge) -> EventQuery:
    """What some filters of events ask of the store. Raises InvalidParameterError with all that is wrong."""
    fields = EventFilters.model_fields
    given: dict[str, Any] = {}
    for one in written:
        name, equals, value = one.partition("=")
        if not equals:
            detail = f"{one!r} is no filter."
            raise InvalidParameterError(detail, (Issue(detail, hint="Write it as NAME=VALUE: country=VN"),))
        if name in fields and get_origin(fields[name].annotation) is list:
            given.setdefault(name, []).append(value)
        elif name in given:
            detail = f"The parameter {name!r} is given more than once."
            raise InvalidParameterError(detail, (Issue(detail, parameter=name, hint="Give it once."),))
        else:
            given[name] = value
    try:
        filters = EventFilters.model_validate(given)
    except ValidationError as error:
        found = [{**one, "loc": ("query", *one["loc"])} for one in error.errors()]
        raise validation.parameters(found, list(fields)) from None
    return event_query(filters, country_names(knowledge), knowledge)
