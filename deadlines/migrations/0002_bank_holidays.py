"""The bank holidays of England and Wales 2018-2027, from deadlines/reference/bank_holidays.csv."""

import csv
from pathlib import Path

from django.db import migrations

SOURCE = Path(__file__).resolve().parent.parent / "reference" / "bank_holidays.csv"


def load(apps, schema_editor):
    holiday = apps.get_model("deadlines", "BankHoliday")
    year = apps.get_model("deadlines", "HolidayYear")
    alias = schema_editor.connection.alias
    with SOURCE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    holiday.objects.using(alias).bulk_create(holiday(**row) for row in rows)
    years = {row["day"][:4]: row["source"] for row in rows}
    year.objects.using(alias).bulk_create(
        year(year=int(number), source=source) for number, source in sorted(years.items())
    )


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    # Going back drops the tables, so the rows need no undoing.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
