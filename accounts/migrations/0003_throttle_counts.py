"""The table of Django's database cache: throttles live in PostgreSQL and survive Redis."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_entrance_and_lifted_walls")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE throttle_counts (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX throttle_counts_expires ON throttle_counts (expires);
            """,
            "DROP TABLE throttle_counts",
        )
    ]
