from django.db import migrations

from publication import sql


class Migration(migrations.Migration):

    dependencies = [("publication", "0005_embargoed_copies")]

    # Backwards there is nothing to do: the view answers the same rows.
    operations = [migrations.RunSQL(sql.text("standing"), migrations.RunSQL.noop)]
