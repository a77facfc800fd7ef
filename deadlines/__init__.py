"""When things are due: the calendar, the rules of law, and each deadline with its working."""
