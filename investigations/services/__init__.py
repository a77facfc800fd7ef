"""The verbs of an investigation, a module for each chapter."""
