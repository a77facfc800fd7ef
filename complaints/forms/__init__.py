"""What the pages of a super-complaint ask, and how they say what is wrong."""
