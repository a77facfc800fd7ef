"""The roof: settings and wiring. Nobody imports it."""
