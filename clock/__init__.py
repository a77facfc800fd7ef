"""The clock of the service: days counted as the law counts them, and London's dates and times."""
