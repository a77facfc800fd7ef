"""Builders of what tests need, a module for each room; a state is reached by the real verbs."""
