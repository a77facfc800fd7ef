"""The verbs of the recommendations room, a module for each chapter."""
