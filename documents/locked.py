"""Whether a PDF is locked: a scanner that is not told to warn would call it clean unread."""

from pathlib import Path

import pikepdf


def is_locked_pdf(path: Path) -> bool:
    """Whether a PDF cannot be read without a password. A damaged one is the scanner's to judge."""
    try:
        with pikepdf.open(path):
            return False
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
