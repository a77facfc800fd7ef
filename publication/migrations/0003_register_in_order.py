from django.db import migrations

from publication import sql


class Migration(migrations.Migration):

    dependencies = [("publication", "0002_the_public_door")]

    # Backwards there is nothing to do: the view answers the same rows, in an order.
    operations = [migrations.RunSQL(sql.text("public_register"), migrations.RunSQL.noop)]
