"""People, organisations, roles, the permission matrix and the doors that ask it."""
