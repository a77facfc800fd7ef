from django.db import migrations, models

from publication import sql


class Migration(migrations.Migration):

    dependencies = [("publication", "0010_versions_of_opinions"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.text("public_authorities"), "DROP VIEW public_authorities"),
        migrations.CreateModel(
            name="PublicAuthority",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("scheme", models.CharField(max_length=80)),
                ("minister", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
            ],
            options={"db_table": "public_authorities", "managed": False, "default_permissions": ()},
        ),
    ]
