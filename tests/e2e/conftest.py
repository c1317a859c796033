"""A real browser on the whole site, served as production serves it: compressed, under its CSP."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from portail.demo.loading import Loaded

AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    # Fetching stylesheets again would break the security policy that other tests watch.
    "preload": False,
}
CHROMIUM_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Without this mark pytest-django sets no test database up.
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def _django_db_helper() -> None:
    """No transaction around a test: the server's threads would not see its rows, and none is
    written by a test itself."""


# ---- The site ---------------------------------------------------------------------------------
@contextmanager
def deployed_static(folder: Path) -> Iterator[None]:
    with override_settings(
        STATIC_ROOT=folder,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "originals": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {
                "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
            },
        },
    ):
        yield


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as they are deployed: named after their content, and compressed."""
    folder = tmp_path_factory.mktemp("static")
    with deployed_static(folder):
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            # The page that describes the API: heavy, and not tried here.
            ignore_patterns=["drf_spectacular_sidecar"],
        )
    return folder


@pytest.fixture(scope="module")
def site(demo_database: Loaded, static_folder: Path) -> Iterator[str]:
    """The address of the running site, without its last slash."""
    with deployed_static(static_folder), override_settings(DEMO=True):
        # Static files are left to WhiteNoise, as in production.
        server = LiveServerThread("localhost", static_handler=lambda application: application)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


# ---- The browser ------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    """One per module: its event loop must not be there when other tests use the database."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found or None, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went wrong in a page while a test looked elsewhere."""

    errors: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        # The status of the page itself is the test's own business.
        is_status = message.text.startswith("Failed to load resource")
        if message.type == "error" and not (
            is_status and message.location["url"] == message.page.url
        ):
            self.errors.append(f"{message.location['url']}: {message.text}")


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens pages of visitors who come for the first time. An error in one fails the test:
    a script's, or what the content security policy refused."""
    contexts: list[BrowserContext] = []
    watch = Watch()

    def make(width: int = 1440, **options: Any) -> Page:
        size = {"width": width, "height": 900}
        context = browser.new_context(base_url=site, viewport=size, locale="fr-FR", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", watch.note)
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert watch.errors == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def accessibility_report() -> Callable[[Page], str]:
    """What axe reproaches to the page as it is now; empty when nothing."""

    def report(page: Page) -> str:
        results = Axe().run(page, options=AXE_OPTIONS)
        return results.generate_report() if results.violations_count else ""

    return report


@pytest.fixture
def check(accessibility_report: Callable[[Page], str]) -> Callable[[Page], None]:
    """The page as it is now is accessible, and fits a phone and a desk."""

    def check(page: Page) -> None:
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility_report(page) == "", (page.url, width)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url

    return check


# ---- The weight of a first visit --------------------------------------------------------------
@dataclass
class FirstVisit:
    """What a page costs to someone who was never here: nothing of it is in their cache."""

    requests: list[str]
    transferred: int
    cookies: list[str]
    stored: int
    site: str

    @property
    def third_party(self) -> list[str]:
        own = urlsplit(self.site).netloc
        return [url for url in self.requests if urlsplit(url).netloc not in {own, ""}]


@pytest.fixture
def first_visit(new_page: NewPage, site: str) -> Callable[[str], FirstVisit]:
    def visit(path: str) -> FirstVisit:
        page = new_page(width=360)
        requests: list[str] = []
        sizes: list[int] = []
        page.on("request", lambda request: requests.append(request.url))
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        page.goto(path, wait_until="networkidle")
        return FirstVisit(
            requests=requests,
            transferred=round(sum(sizes)),
            cookies=[cookie["name"] for cookie in page.context.cookies()],
            stored=page.evaluate("localStorage.length"),
            site=site,
        )

    return visit
