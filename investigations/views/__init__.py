"""The pages of an investigation, a module for each chapter."""
