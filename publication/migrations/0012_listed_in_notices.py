from django.db import migrations

from publication import sql


class Migration(migrations.Migration):

    dependencies = [
        ('publication', '0011_public_authorities'),
    ]

    operations = [
        migrations.RunSQL(sql.text("listed_in_notices"), sql.text("listed_in_notices_undone")),
    ]
