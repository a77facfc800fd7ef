"""The verbs of the accounts room, a module for each chapter."""
