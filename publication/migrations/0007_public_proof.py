from django.db import migrations, models

from publication import sql


class Migration(migrations.Migration):

    dependencies = [("publication", "0006_standing_once"), ("audit", "0002_entries_are_append_only")]

    operations = [
        migrations.RunSQL(sql.text("public_proof"), "DROP VIEW public_proof"),
        migrations.CreateModel(
            name="PublicProof",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "public_proof", "managed": False, "default_permissions": ()},
        ),
    ]
