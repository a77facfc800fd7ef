"""Takes the README's pictures from a running demonstration, as the demo's people."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Name of the picture, who looks (an account of the demo, or nobody), and at which page.
PICTURES = (
    ("register", "", "/super-complaints"),
    ("today", "decision-maker-hmicfrs", "/casework/"),
    ("overview", "lead-investigator", "first case"),
)


def take(browser: Browser, address: str) -> None:
    """Take each picture at 1280 by 900."""
    for name, account, page_address in PICTURES:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        if account:
            page.goto("/sign-in")
            page.click(f"form[action='/sign-in/demo/{account}'] button")
        if page_address == "first case":
            page.goto("/casework/cases")
            page.click("main table a[href^='/casework/cases/SC-']")
        else:
            page.goto(page_address)
        page.screenshot(path=str(HERE / f"{name}.png"))
        page.close()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        take(chromium, sys.argv[1])
        chromium.close()
