"""Take the pictures of the documents from a running demo: `make shots` after `make run`.

Usage: take.py [address]     (default: http://localhost:8000)
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
WIDTHS = {360: 740, 1440: 900}
PAGES = {
    "accueil": "/",
    "carte": "/carte/",
    "annuaire": "/annuaire/",
    "commune": "/communes/09122/",
    "gestion": "/gestion/",
}
# Printed by `make run`; they exist only in the demo.
OFFICER = ("administration@example.org", "bienvenue-en-montagne")


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or None, args=["--no-sandbox"]
        )
        for width, height in WIDTHS.items():
            take_all(browser, address, width, height)
        browser.close()


def take_all(browser: Browser, address: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR")
    for name, path in PAGES.items():
        page.goto(address + path, wait_until="networkidle")
        if "connexion" in page.url:
            sign_in(page)
        page.screenshot(path=HERE / f"{name}-{width}.png")
    page.close()


def sign_in(page: Page) -> None:
    page.fill("input[name=login]", OFFICER[0])
    page.fill("input[name=password]", OFFICER[1])
    page.click("[type=submit]")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
