"""Links that a body gives as evidence: their form is checked, and nothing is ever fetched."""

import unicodedata
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri

from complaints.models.evidence import LONGEST_LINK
from workflow.errors import ActRefusedError

ACCEPTED = URLValidator(schemes=["http", "https"])
LIKE = "Write it like https://www.example.org/report."


def checked_link(given: str) -> str:
    """A link as it is kept and compared: with its scheme, its host in small letters, in ASCII.

    In ASCII no letter looks like another and no mark turns the reading direction.
    Raises: ActRefusedError with the sentence for the form.
    """
    typed = unicodedata.normalize("NFC", given.strip())
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        ACCEPTED(typed)
        parts = urlsplit(typed)
        host = parts.netloc.encode("idna").decode().lower()
    except (ValidationError, ValueError):
        raise ActRefusedError(f"This is not a link to a web page. {LIKE}") from None
    if "@" in host:
        raise ActRefusedError("Take the user name and password out of the link.")
    link = iri_to_uri(urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=host)))
    if len(link) > LONGEST_LINK:
        raise ActRefusedError(f"Use a link of at most {LONGEST_LINK:,} letters.")
    return link
