from django.db import migrations

# A placeholder, as the reference rows have it: a name that leads nowhere, marked as not looked up.
FORWARD = """
UPDATE accounts_organisation
   SET mailbox = slug || '@example.invalid',
       verification = coalesce(
           nullif(verification, ''), 'mailbox is a placeholder, not looked up'
       )
 WHERE mailbox = '' AND kind <> 'designated_body'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_a_reset_can_be_refused'),
    ]

    # Nothing says afterwards which were missing, and a placeholder does no harm.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
