"""The form that knows which version it was opened with."""

from typing import Any, cast

from django import forms
from django.http import QueryDict


class VersionedForm(forms.Form):
    """A form over something that others edit too; `cleaned_data["version"]` goes to the verb.

    Open it with `version=row.version`. The hidden field sends it back.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = version

    @property
    def sent(self) -> QueryDict:
        """What a person sent, with what the form itself has put in its place."""
        return cast(QueryDict, self.data)
