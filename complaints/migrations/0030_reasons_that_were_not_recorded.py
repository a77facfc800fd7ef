from django.db import migrations

# Decided before reasons were asked for of every decision: it says so, and invents none.
FORWARD = """
UPDATE complaints_eligibilitydecision
   SET reasons = 'No reasons were recorded when this was decided.'
 WHERE reasons = '' AND letter_id IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0029_what_a_body_disowns'),
    ]

    # A decision with this sentence is as true under the rows as they were.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
