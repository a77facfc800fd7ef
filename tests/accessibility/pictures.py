"""Pictures of pages at both widths, kept where `PICTURES` names a folder."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.fixtures.browser import NARROW, WIDE

PICTURES = os.environ.get("PICTURES")


def pictured(page: Page, name: str) -> None:
    """Keep a picture of the page at both widths, if pictures are wanted."""
    if not PICTURES:
        return
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        kept = Path(PICTURES) / f"{name}-{viewport['width']}.png"
        page.screenshot(path=kept, full_page=True)
