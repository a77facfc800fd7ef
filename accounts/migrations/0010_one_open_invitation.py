"""One invitation of an address stands at an organisation: of several the last."""

from django.db import migrations, models

WITHDRAW_EARLIER = """
UPDATE accounts_invitation AS i SET withdrawn_at = statement_timestamp()
WHERE i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND EXISTS (
    SELECT FROM accounts_invitation AS later
    WHERE later.email = i.email AND later.organisation_id = i.organisation_id
        AND later.accepted_at IS NULL AND later.withdrawn_at IS NULL AND later.id > i.id
)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_an_addressee_has_a_mailbox")]

    operations = [
        migrations.RunSQL(WITHDRAW_EARLIER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "invitation",
            models.UniqueConstraint(
                fields=["email", "organisation"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_of_an_address_at_an_organisation",
            ),
        ),
    ]
