"""What somebody of the public is asked who wants mails."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SubscribeForm(forms.Form):
    """An address, and which super-complaint it follows."""

    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("We send a link to this address. Nothing else is sent before you open it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address in the form name@example.com."),
        },
    )
    reference = forms.CharField(
        label=_("Reference of one super-complaint"),
        help_text=_("For example SC-2018-417. Leave this empty to follow every super-complaint."),
        max_length=20,
        required=False,
        error_messages={"max_length": _("Enter a reference such as SC-2018-417.")},
    )
