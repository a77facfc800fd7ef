"""Putting several texts of one field together so that no line of any is lost."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import reduce
from typing import Any

from django import forms


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as a reader would say it: the labels of what was chosen, or the text."""
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(field.widget, forms.MultiWidget):
        parts = values if len(values) > 1 else field.widget.decompress(value) or []
        return " ".join(str(part) for part in parts if part not in (None, ""))
    chosen = [str(getattr(one, "pk", one)) for one in values if one not in (None, "")]
    if (choices := getattr(field, "choices", None)) is not None:
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(sorted(labels.get(one, one) for one in chosen))
    return "\n".join(chosen).replace("\r\n", "\n").strip()


def combined(field: forms.Field, theirs: Any, yours: Any) -> Any:
    """What the form starts from: for long text every line of both, for all else yours."""
    if not isinstance(field.widget, forms.Textarea):
        return yours
    return combined_text(in_words(field, theirs), in_words(field, yours))


def combined_text(theirs: str, yours: str) -> str:
    """Every line of both texts once, in order; where they differ, theirs stands before yours."""
    ours, others = yours.split("\n"), theirs.split("\n")
    lines: list[str] = []
    for kind, start, end, from_, to in SequenceMatcher(a=others, b=ours).get_opcodes():
        lines += others[start:end]
        if kind != "equal":
            lines += ours[from_:to]
    return "\n".join(lines)


def changed(field: forms.Field, stored: Any, typed: Sequence[Any]) -> list[Any]:
    """Of what was typed for a field, oldest first, each value that differs from what is stored."""
    different: dict[str, Any] = {}
    for value in typed:
        words = in_words(field, value)
        if words != in_words(field, stored):
            different.pop(words, None)
            different[words] = value
    return list(different.values())


def all_of(field: forms.Field, typed: Sequence[Any]) -> Any:
    """Every line of several long texts; of anything else the last."""
    written = [value for value in typed if in_words(field, value)] or typed
    return reduce(lambda earlier, later: combined(field, earlier, later), written)
