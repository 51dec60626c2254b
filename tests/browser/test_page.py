"""The page as people use it: search, facets, paging, the back button, pictures, languages, keyboard, phone."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

VIEWS = ("explore", "timeline", "map", "network", "commitments", "try")


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))"


def settled(page: Page) -> None:
    """Waits until what the address asks for is shown: the page says itself what it still waits for, from the first
    time it is drawn on. A network that is idle for half a second says less, and is slower."""
    page.evaluate(DRAWN)
    expect(page.locator(".waiting, [aria-busy='true']")).to_have_count(0)


def cards(page: Page) -> list[str]:
    return page.locator("article.card h3").all_inner_texts()


def test_a_search_is_the_address_and_the_back_button_undoes_it(page: Page) -> None:
    page.goto("/")
    settled(page)
    everything = cards(page)
    page.get_by_label("Words").fill("hoi dam")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"\?q=hoi\+dam"))
    settled(page)
    found = cards(page)
    assert 0 < len(found) < len(everything)
    page.get_by_label("Country").fill("US, Việt Nam")
    page.get_by_label("Country").press("Enter")
    expect(page).to_have_url(re.compile("country=US&country=Vi"))
    page.go_back()
    settled(page)
    assert cards(page) == found
    page.go_back()
    settled(page)
    assert cards(page) == everything
    page.reload()
    settled(page)
    assert cards(page) == everything


def test_facets_narrow_down_and_chips_take_back(page: Page) -> None:
    page.goto("/")
    settled(page)
    facet = page.get_by_role("complementary", name="Narrow down")
    link = facet.get_by_role("link", name=re.compile(r"^phone call"))
    count = int(link.locator(".count").inner_text())
    link.click()
    expect(page).to_have_url(re.compile("type=phone_call"))
    settled(page)
    assert len(cards(page)) == count
    page.get_by_role("link", name="Kind: phone call").click()
    expect(page).not_to_have_url(re.compile("type="))
    settled(page)
    facet.get_by_role("link", name=re.compile("^China – France")).click()
    expect(page).to_have_url(re.compile("country=CN&country=FR"))


def test_pages_follow_one_another_and_stay_in_the_address(page: Page, server: str) -> None:
    total = len(page.request.get(f"{server}/events?limit=200").json()["data"])
    page.goto("/")
    settled(page)
    while page.get_by_role("button", name="More", exact=True).count():
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        settled(page)
    assert (
        len(cards(page))
        == len(set(page.locator("article.card h3 a").evaluate_all("all => all.map(a => a.href)")))
        == total
    )
    expect(page).to_have_url(re.compile("pages="))
    shown = cards(page)
    page.reload()
    settled(page)
    assert cards(page) == shown


def test_a_problem_of_the_api_is_said_in_words(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto("/?country=Atlantis")
    expect(page.get_by_role("alert")).to_contain_text("Atlantis")


def open_event(page: Page, query: str) -> None:
    page.goto(f"/?{query}")
    page.locator("article.card h3 a").first.click()
    expect(page.locator("dl.record")).to_be_visible()
    settled(page)


def test_a_value_lights_its_words_and_the_words_their_value(page: Page) -> None:
    open_event(page, "participant=kim-jong-un")
    value = page.locator('[data-pointer="/date"]').first
    value.hover()
    lit = page.locator(".text mark.lit")
    expect(lit.first).to_be_visible()
    words = lit.first.inner_text()
    page.mouse.move(0, 0)
    expect(lit).to_have_count(0)
    page.locator(".text mark", has_text=words).first.hover()
    expect(page.locator(".value.lit")).not_to_have_count(0)


def test_each_mark_is_the_quote_of_the_record(page: Page, server: str) -> None:
    open_event(page, "participant=kim-jong-un")
    ident = re.search(r"id=(ev_\w+)", page.url)
    assert ident
    event = page.request.get(f"{server}/events/{ident[1]}").json()
    quotes = {
        span["quote"] for span in event["date"]["evidence"] if span.get("article") in {None, event["article"]["id"]}
    }
    page.locator('[data-pointer="/date"]').first.hover()
    shown = "".join(page.locator(".text mark.lit").all_inner_texts())
    assert all(quote.strip() in shown for quote in quotes)


@pytest.mark.parametrize("view", ["timeline", "map", "network"])
def test_a_picture_has_links_a_table_and_a_file(page: Page, view: str) -> None:
    page.goto(f"/?view={view}")
    settled(page)
    links = page.locator("figure svg a")
    expect(links).not_to_have_count(0)
    page.get_by_text("As a table").click()
    rows = page.locator("figure tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == rows + 1
    links.first.focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(f"view={view}"))
    settled(page)
    expect(page.locator("article.card, dl.figures")).not_to_have_count(0)


def test_the_pages_of_a_country_and_of_two(page: Page) -> None:
    page.goto("/?view=country&code=VN")
    expect(page.get_by_role("heading", name="Vietnam", exact=True)).to_be_visible()
    page.locator("a.chip", has_text="United States").click()
    expect(page.get_by_role("heading", name=re.compile("Vietnam – United States"))).to_be_visible()
    settled(page)
    expect(page.locator("svg.bars a")).not_to_have_count(0)
    expect(page.locator(".commitments li")).not_to_have_count(0)


def test_the_ledger_shows_deadlines(page: Page) -> None:
    page.goto("/?view=commitments")
    settled(page)
    everything = page.locator("table.ledger tbody tr").count()
    page.route("**/commitments?*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.get_by_label("With a deadline only").check()
    expect(page).to_have_url(re.compile("has_deadline=true"))
    expect(page.locator(".loaded")).to_have_attribute("aria-busy", "true")
    settled(page)
    rows = page.locator("table.ledger tbody tr")
    assert 0 < rows.count() < everything
    assert all(cell.strip() for cell in rows.locator("td:last-child").all_inner_texts())


def test_an_article_is_tried_without_being_stored(page: Page, server: str) -> None:
    before = page.request.get(f"{server}/health").json()
    page.goto("/?view=try")
    page.get_by_role("button", name="Chinese").click()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("dl.record").first).to_be_visible()
    expect(page.locator(".text mark").first).to_be_visible()
    assert page.request.get(f"{server}/health").json() == before


HOSTILE = (
    "<script>document.title='owned'</script> President Xi Jinping met President Joe Biden in Hanoi on May 6, 2023. "
    "The two leaders agreed to work on trade and on the climate for the good of the region. "
    "\u202egnisrever\u202c <img src=x onerror=alert(1)> =cmd|' /C calc'!A0 " + "w" * 3000
)


def test_hostile_text_is_shown_as_text(page: Page) -> None:
    page.goto("/?view=try")
    page.get_by_label("Text of the article").fill(HOSTILE)
    page.get_by_role("button", name="Read it").click()
    text = page.locator(".text")
    expect(text).to_be_visible()
    assert text.evaluate("node => node.textContent") == HOSTILE
    assert page.locator("main script, main img").count() == 0
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("code", "word"), [("vi", "Khám phá"), ("zh", "检索"), ("en", "Explore")])
def test_three_languages(page: Page, code: str, word: str) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="Language", exact=True).select_option(code)
    expect(page.get_by_role("navigation").get_by_role("link", name=word)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", code)
    page.reload()
    expect(page.get_by_role("navigation").get_by_role("link", name=word)).to_be_visible()


def test_the_keyboard_alone_reaches_an_event_and_its_words(page: Page) -> None:
    page.goto("/?participant=kim-jong-un")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("article.card h3 a:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator("dl.record")).to_be_visible()
    settled(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(".value:focus").count():
            break
    expect(page.locator(".text mark.lit")).not_to_have_count(0)


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_is_wide_enough(page: Page, view: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/?view={view}")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(page: Page, view: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/?view={view}")
    settled(page)
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    # axe is put in past the policy, as a browser's extension would be.
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_an_event_page_is_accessible(page: Page) -> None:
    open_event(page, "participant=kim-jong-un")
    assert serious(page) == []


def test_the_first_result_comes_with_less_than_300_kilobytes(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto("/")
    expect(page.locator("article.card").first).to_be_visible()
    assert sum(sizes) < 300_000


SCREENSHOTS = {
    "explore": "/?q=hoi+dam",
    "event": "/?participant=kim-jong-un",
    "timeline": "/?view=timeline",
    "map": "/?view=map",
    "network": "/?view=network",
    "country": "/?view=country&code=VN",
    "dyad": "/?view=dyad&code=VN-US",
    "commitments": "/?view=commitments",
    "try": "/?view=try",
}


@pytest.mark.parametrize("view", SCREENSHOTS)
def test_screenshots_of_every_view(page: Page, view: str, tmp_path: Path) -> None:
    """SCREENSHOTS=docs/screenshots renews those of the documentation."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    if view == "event":
        open_event(page, "participant=kim-jong-un")
    else:
        page.goto(SCREENSHOTS[view])
    if view == "try":
        page.get_by_role("button", name="Vietnamese").click()
        page.get_by_role("button", name="Read it").click()
    settled(page)
    shot = page.screenshot(path=folder / f"{view}.png")
    assert len(shot) > 10_000


def test_a_correction_is_made_seen_and_taken_back(page: Page) -> None:
    open_event(page, "type=credentials")
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("Correct it", exact=True).click()
    form = page.locator("form.correct")
    form.get_by_label("What is right").fill("An ambassador presented credentials")
    form.get_by_label("Your name").fill("A reader")
    form.get_by_label("Why").fill("Shorter")
    form.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An ambassador presented credentials")
    page.get_by_text("History", exact=True).click()
    made = page.locator(".corrections li")
    expect(made).to_contain_text("A reader")
    made.get_by_text("Take back").first.click()
    made.get_by_label("Your name").fill("A reader")
    made.get_by_label("Why").fill("Too short")
    made.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_one_event_of_three_languages_is_compared(page: Page) -> None:
    page.goto("/?participant=joe-biden&venue_city=Hanoi&date=2023-09")
    settled(page)
    page.locator("article.card", has_text="3 reports").filter(has_text="met President Joe Biden").get_by_role(
        "link"
    ).first.click()
    columns = page.locator("table.comparison thead th")
    expect(columns).to_have_count(3)
    expect(page.locator("table.comparison tr.only")).not_to_have_count(0)
    texts = page.get_by_role("group", name="Article text").get_by_role("button")
    expect(texts).to_have_count(3)
    for index in range(3):
        texts.nth(index).click()
        expect(page.locator(".text mark").first).to_be_visible()


def test_every_language_has_every_phrase(page: Page) -> None:
    page.goto("/")
    settled(page)
    phrases = page.evaluate(
        "import('./web/i18n.js').then(({ phrases }) => Object.values(phrases).map((all) => Object.keys(all).sort()))"
    )
    assert len(phrases) == 3
    assert phrases[0] == phrases[1] == phrases[2]


@pytest.mark.parametrize(("code", "said"), [("en", "1 new event"), ("vi", "1 sự kiện mới"), ("zh", "1 个新事件")])
def test_new_events_are_announced_and_shown_when_asked_for(page: Page, code: str, said: str) -> None:
    page.add_init_script(f"localStorage.setItem('dragoman.language', '{code}')")
    with page.expect_request(re.compile("/events/stream")):
        page.goto("/?country=NZ")
        settled(page)
    before = cards(page)
    text = f"On 5 May 2019, Prime Minister Jacinda Ardern met with Prime Minister Shinzo Abe in Wellington. {code}"
    posted = page.request.post("/articles", data={"text": text, "published": "2019-05-06"})
    try:
        assert posted.status == 201
        told = page.get_by_role("status").get_by_role("button")
        expect(told).to_contain_text(said)
        assert serious(page) == []
        assert cards(page) == before
        told.focus()
        page.keyboard.press("Enter")
        expect(page.locator("article.card")).to_have_count(len(before) + 1)
        expect(told).to_have_count(0)
        assert page.evaluate("document.activeElement.tagName") == "SECTION"
    finally:
        assert page.request.delete(f"/articles/{posted.json()['id']}").status == 204
