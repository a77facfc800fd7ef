"""The verbs of the publication room, a module for each chapter."""
