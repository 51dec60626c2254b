"""What a researcher does, with the client that openapi-python-client makes of the description."""

from __future__ import annotations

import sys
from urllib.parse import parse_qs, urlsplit

from dragoman_client import Client
from dragoman_client.api.articles import create_article
from dragoman_client.api.events import get_event, list_events
from dragoman_client.models import ArticleInput, EventPage, EventType, Problem, StoredArticle, StoredEvent

api = Client(base_url=sys.argv[1])

# List and filter.
page = list_events.sync(client=api, country=["VN", "US"], limit=1)
assert isinstance(page, EventPage), page
assert page.data[0].title == "They met in Hanoi"
assert page.data[0].type_ is EventType.MEETING

# Page through.
events: list[StoredEvent] = []
following: dict[str, str] = {}
while True:
    page = list_events.sync(client=api, limit=1, **following)
    assert isinstance(page, EventPage), page
    events += page.data
    if page.next_ is None:
        break
    following = {"cursor": parse_qs(urlsplit(page.next_).query)["cursor"][0]}
assert len({event.id for event in events}) == len(events) >= 3

# Read an event.
event = get_event.sync(events[0].id, client=api)
assert isinstance(event, StoredEvent), event
assert event.url == events[0].url

# What is wrong comes as a problem.
wrong = get_event.sync_detailed("ev_none", client=api)
assert wrong.status_code == 404
assert isinstance(wrong.parsed, Problem), wrong
assert wrong.parsed.type_ == "urn:dragoman:problem:not-found"

# Post an article.
text = 'Posted by the Python client\nEVENT {"title": "From Python", "day": "2024-05-02"}'
article = create_article.sync(client=api, body=ArticleInput(text=text))
assert isinstance(article, StoredArticle), article
assert article.events[0].title == "From Python"
print(f"python ok: {len(events)} events")
