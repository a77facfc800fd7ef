"""What a press officer should mend in the notice: style, not law, so it refuses nothing."""

import re
from collections.abc import Iterator

from publication.notice import PressNotice

MOST_WORDS_IN_A_SENTENCE = 25
MOST_WORDS_IN_A_HEADLINE = 20
SENTENCE = re.compile(r"[^.!?]+")
NO_HYPHEN = re.compile(r"\bsuper complaints?\b", re.IGNORECASE)
BARE_TIME = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)(?= (?:on|hours|GMT|BST|\w+day)\b)")


def faults_of(notice: PressNotice) -> Iterator[str]:
    """Each fault of what people wrote, with what to do; the rest is built from records."""
    written = {"headline": notice.headline, "standfirst": notice.standfirst}
    if len(notice.headline.split()) > MOST_WORDS_IN_A_HEADLINE:
        yield f"The headline has more than {MOST_WORDS_IN_A_HEADLINE} words. Shorten it."
    for place, text in written.items():
        for fault in faults_in(text):
            yield f"In the {place}: {fault}"


def faults_in(text: str) -> Iterator[str]:
    """Each fault of one text."""
    for sentence in SENTENCE.findall(text):
        number = len(sentence.split())
        if number > MOST_WORDS_IN_A_SENTENCE:
            yield f"a sentence has {number} words. Cut it in two."
    if found := NO_HYPHEN.search(text):
        yield f"“{found[0]}” lacks its hyphen. Write super-complaint."
    if found := BARE_TIME.search(text):
        yield f"“{found[0]}” is a time without its colon. Write {found[1]}:{found[2]}."
    if text.count("“") != text.count("”"):
        yield "a quotation mark is opened and not closed. Close it."
