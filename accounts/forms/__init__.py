"""The forms of the accounts room: the way in, and people."""
