from django.db import migrations

from publication import sql

VIEWS = """
DROP VIEW public_next_release;
DROP VIEW public_register;
DROP VIEW public_release_files;
DROP VIEW public_releases;
"""
LATCH = "DROP FUNCTION hold_release(text, text); DROP FUNCTION latch(bigint);"


class Migration(migrations.Migration):

    dependencies = [("publication", "0001_reports_and_releases")]

    operations = [
        migrations.RunSQL(sql.text("standing"), "DROP VIEW release_standing"),
        migrations.RunSQL(sql.text("public_views"), VIEWS),
        migrations.RunSQL(sql.text("latch"), LATCH),
        migrations.RunSQL(sql.text("guards"), sql.text("guards_undone")),
    ]
