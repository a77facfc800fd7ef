"""The suite: one cast, builders that walk the real verbs, and a folder for each room."""
