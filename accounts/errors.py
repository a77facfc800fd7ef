"""What an act of this room may refuse, with a sentence that a person can act on."""


class ActRefusedError(Exception):
    """An act that may not be done now; the message says why and what to do."""


class MailAwayError(Exception):
    """No mail server took what somebody waits for at a page, such as the code to sign in with."""
