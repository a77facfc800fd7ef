"""Two editors of one draft, two hundred times at random: no word is lost that anybody was told of.

Told is: the answer to a save that leads on, “Saved 14:02” of the script, and the page that compares
two texts, which says that nothing is lost.
"""

from random import Random

import pytest
from django.test import Client

from complaints.services import drafts
from complaints.services.drafts import Statement
from tests.builders.complaints import a_draft
from tests.cast import play
from tests.complaints.two_editors import FIELDS, LONG, Editor, Ledger, Window
from tests.publication.connections import at_once

SEEDS, ROUNDS, STEPS, MOMENTS = 20, 10, 6, 10
ACTS = ["type", "type", "autosave", "save", "save", "twice", "back", "verb", "take out", "anew"]


def two_editors(*clients: Client) -> tuple[Editor, Editor]:
    """Two people of one body at a draft of two features, signed in already or now."""
    one, other = play("submitter"), play("body_approver")
    draft = a_draft(by=one)
    features = [Statement("Searches are not recorded."), Statement("Nobody is told.")]
    drafts.save_features(draft, features=features, version=0, by=one)
    ledger, given = Ledger(draft), clients or (None, None)
    return Editor(one, ledger, given[0]), Editor(other, ledger, given[1])


def act(editor: Editor, part: str, rng: Random) -> None:
    """One random act of one editor in a part, in a random window."""
    open_here = [window for window in editor.windows if window.part == part]
    what = rng.choice(ACTS)
    if not open_here or what == "anew":
        window = editor.opens(part)
        editor.types(window, rng.choice(FIELDS[part]))
        what = rng.choice(["autosave", "nothing"])
        open_here = [window]
    # Several windows may be open, and the back button leads to any earlier one.
    window = rng.choice(open_here) if what in {"type", "autosave", "back"} else open_here[-1]
    if what in {"type", "back", "verb"}:
        editor.types(window, rng.choice(FIELDS[part]))
    if what == "autosave":
        editor.autosaves(window)
    elif what == "verb":
        editor.saves_by_verb(window)
    elif what == "take out" and part in LONG and window.words:
        editor.takes_out(window, rng.choice(sorted(window.words)))
    elif what in {"save", "twice", "back"}:
        saves(editor, window, rng, times=2 if what == "twice" else 1)


def saves(editor: Editor, window: Window, rng: Random, *, times: int) -> None:
    """Press the button once or twice; mostly, save the combined text that comes back."""
    for _time in range(times):
        compared = editor.saves(window)
    while compared and rng.random() < 0.8:
        compared = editor.saves(compared)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_interleaving_of_two_editors_loses_a_word(seed: int) -> None:
    clients: tuple[Client, ...] = ()
    for turn in range(ROUNDS):
        rng = Random(f"{seed}:{turn}")  # noqa: S311  Nothing secret.
        editors, parts = two_editors(*clients), rng.sample(sorted(FIELDS), 2)
        clients = tuple(editor.client for editor in editors)
        try:
            for _step in range(STEPS):
                act(rng.choice(editors), rng.choice(parts), rng)
            for editor in editors:
                editor.finds_everything()
        except AssertionError as lost:
            raise AssertionError(f"Seed {seed}:{turn}: {lost}") from lost


@pytest.mark.committed
@pytest.mark.parametrize("part", ["harm", "earlier"])
def test_of_two_saves_at_the_same_moment_neither_loses_a_word(part: str) -> None:
    editors, typed = two_editors(), set[str]()
    for _round in range(MOMENTS):
        ready = [(editor, editor.opens(part)) for editor in editors]
        for editor, window in ready:
            editor.types(window, FIELDS[part][0])
            typed |= window.words
        refused = pressed_at_once(ready)
        assert len(refused) == 1, "Both were told that their version was the one that stood."
        [(editor, compared)] = refused
        assert typed <= compared.words, f"The combined text lacks {typed - compared.words}."
        assert editor.saves(compared) is None
    assert editors[0].ledger.stored(part) == typed
    assert len(typed) == 2 * MOMENTS


def pressed_at_once(ready: list[tuple[Editor, Window]]) -> list[tuple[Editor, Window]]:
    """Save every window at the same moment: who was refused, with the page that they saw then."""
    waiting, refused = list(ready), list[tuple[Editor, Window]]()

    def press() -> None:
        editor, window = waiting.pop()
        if compared := editor.saves(window):
            refused.append((editor, compared))

    at_once(press, times=len(ready))
    return refused


@pytest.mark.committed
def test_two_windows_of_one_person_keep_at_the_same_moment_and_lose_nothing() -> None:
    editor, _other = two_editors()
    windows = [editor.opens("harm"), editor.opens("harm")]
    for _round in range(MOMENTS):
        ready = list(windows)
        for window in windows:
            editor.types(window, "harm")
        at_once(lambda: editor.autosaves(ready.pop()))  # noqa: B023  Done before the next round.
    editor.finds_everything()
    assert len(editor.kept) == 2 * MOMENTS
