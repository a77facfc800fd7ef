"""The worked examples of the process reference: what the law gives for dates that trip people."""

from datetime import date

# Received, last day of the five working days. Law: SI 2018/748 regs 2(1) and 5.
ACKNOWLEDGE_BY = {
    date(2018, 12, 18): date(2018, 12, 24),
    date(2019, 3, 19): date(2019, 3, 25),
    date(2019, 5, 31): date(2019, 6, 6),
    date(2020, 8, 7): date(2020, 8, 13),
    date(2021, 12, 23): date(2021, 12, 31),
    date(2022, 9, 16): date(2022, 9, 23),
    date(2023, 5, 4): date(2023, 5, 11),
    date(2023, 12, 23): date(2024, 1, 3),
    date(2024, 12, 24): date(2025, 1, 2),
    date(2026, 4, 2): date(2026, 4, 10),
    date(2026, 4, 5): date(2026, 4, 13),
    date(2026, 8, 29): date(2026, 9, 7),
}

# The days counted, in full, of the examples that are counted out day by day.
COUNTED = {
    date(2018, 12, 18): ["12-18", "12-19", "12-20", "12-21", "12-24"],
    date(2021, 12, 23): ["12-23", "12-24", "12-29", "12-30", "12-31"],
    date(2022, 9, 16): ["09-16", "09-20", "09-21", "09-22", "09-23"],
    date(2023, 12, 23): ["12-27", "12-28", "12-29", "01-02", "01-03"],
    date(2026, 4, 2): ["04-02", "04-07", "04-08", "04-09", "04-10"],
    date(2026, 8, 29): ["09-01", "09-02", "09-03", "09-04", "09-07"],
}

# Published, last of the 56 days that begin with the day of publication.
# Law: Police Act 1996 s.55(5A).
COMMENTS_BY = {
    date(2020, 12, 17): date(2021, 2, 10),
    date(2021, 5, 26): date(2021, 7, 20),
    date(2021, 8, 24): date(2021, 10, 18),
    date(2022, 6, 30): date(2022, 8, 24),
    date(2022, 12, 16): date(2023, 2, 9),
    date(2023, 12, 15): date(2024, 2, 8),
    date(2024, 9, 27): date(2024, 11, 21),
}
