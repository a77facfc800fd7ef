"""Fictional cases for a demonstration, each walked through the real verbs."""
