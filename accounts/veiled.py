"""A row's number as an address says it: it leads to the row, and tells nobody how many there are.

Numbers are given in turn to whatever anybody sends: two of them, a day apart, would tell one body
how much was sent to and by all others.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "accounts.veiled"
# Every number that a table gives, and no more; the letters of an address then come out even.
NUMBER_BYTES = 5
LONG = 28


class VeiledNumber:
    """The converter `veiled` of address patterns, there for views as the number itself."""

    regex = rf"[A-Za-z0-9_-]{{{LONG}}}"

    def to_python(self, value: str) -> int:
        """The number. Raises: ValueError where it is none of ours, so that nothing is there."""
        return unveiled(value)

    def to_url(self, value: int | str) -> str:
        """What stands for a number in an address."""
        return veiled(int(value))


def veiled(number: int) -> str:
    """A number, encrypted so that it is the same each time (AES-SIV, RFC 5297)."""
    sealed = _cipher(settings.SECRET_KEY).encrypt(number.to_bytes(NUMBER_BYTES), None)
    return urlsafe_b64encode(sealed).decode()


def unveiled(text: str) -> int:
    """The number that was veiled, with this secret or one before. Raises: ValueError for others."""
    sealed = urlsafe_b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return int.from_bytes(_cipher(secret).decrypt(sealed, None))
        except InvalidTag:
            continue
    raise ValueError("It stands for no number.")


@cache
def _cipher(secret: str) -> AESSIV:
    return AESSIV(salted_hmac(SALT, "", secret=secret, algorithm="sha512").digest())
