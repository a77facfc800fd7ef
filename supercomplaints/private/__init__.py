"""The private servers of one checkout: PostgreSQL, Redis and clamd, started when none is given.

Nothing here needs Django's settings: settings are read from the environment that this makes.
"""
