"""The pages of the accounts room: the way in, one's own account, and people."""
