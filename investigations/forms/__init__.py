"""The shape and wording of what is typed in an investigation, a module for each chapter."""
