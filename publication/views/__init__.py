"""The pages of the publication room for those who work on a case."""
