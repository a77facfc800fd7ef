"""Each component and frame is drawn: whole HTML, ids once, nothing inline, axe and 320 px."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from tests.components.gallery import EXAMPLES, FRAME_PARTS, Example
from tests.components.pages import PAGES
from tests.fixtures.browser import assert_accessible

pytestmark = pytest.mark.django_db

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
STATIC = Path(settings.BASE_DIR) / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
# Elements that have no end tag.
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}
# The pages that answer a failure differ in their words alone: one stands for all.
DIFFERENT = {name for name in PAGES if not name.startswith("answer-")} | {"answer-500"}
POLICY = "; ".join(
    f"{name} {' '.join(sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)


class Reader(HTMLParser):
    """Reads HTML and notes what is not whole: ends that do not fit, ids twice, what is inline."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.referred: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if len(given) != len(attrs):
            self.wrong.append(f"{tag} has an attribute twice")
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.referred |= set((given.get(name) or "").split())
        inline = [name for name in given if name == "style" or name.startswith("on")]
        if inline or tag == "style" or (tag == "script" and "src" not in given):
            self.wrong.append(f"{tag} is inline: {inline}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> inside {self.open[-2:]}")
        else:
            self.open.pop()


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_each_component_has_an_example() -> None:
    drawn = {example.component for example in [*EXAMPLES, *FRAME_PARTS]}
    assert drawn == {path.stem for path in COMPONENTS.glob("*.html")}


def test_each_component_says_what_it_is_and_what_goes_in() -> None:
    silent = [path.name for path in COMPONENTS.glob("*.html") if path.read_text()[:3] != "{# "]
    assert silent == []


@pytest.mark.parametrize("example", [*EXAMPLES, *FRAME_PARTS])
def test_a_component_is_whole(example: Example) -> None:
    reader = read(example.drawn())
    assert (reader.wrong, reader.open) == ([], [])


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_whole_and_each_id_is_there_once(name: str) -> None:
    reader = read(PAGES[name]())
    assert (reader.wrong, reader.open) == ([], [])
    assert [one for one, times in reader.ids.items() if times > 1] == []
    assert reader.referred - set(reader.ids) == set()


def test_a_page_with_errors_says_so_first() -> None:
    assert "<title>Error: Gallery – Super-complaints Service</title>" in PAGES["portal"]()
    assert "<title>Gallery" in PAGES["case"]()


def test_each_page_of_a_fictional_case_says_that_it_is_fictional() -> None:
    assert "Fictional example" in PAGES["case"]()
    assert "Fictional example" not in PAGES["public"]()


@pytest.fixture
def gallery(browser: Browser) -> Page:
    """A browser that is given the gallery's pages and the static files, and nothing else."""

    def answer(route: Route) -> None:
        place = route.request.url.partition("gallery.invalid/")[2]
        if place.startswith("static/"):
            file = STATIC / place.removeprefix("static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
            route.fulfill(body=PAGES[place](), headers=headers)

    page = browser.new_page(base_url="http://gallery.invalid")
    page.route("**/*", answer)
    return page


@pytest.mark.parametrize("name", sorted(DIFFERENT))
def test_a_page_is_accessible_wide_and_at_320_pixels(gallery: Page, name: str) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    gallery.on("console", note)
    gallery.on("pageerror", lambda error: said.append(str(error)))
    gallery.goto(f"/{name}")
    assert_accessible(gallery)
    assert said == []
