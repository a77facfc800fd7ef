"""A regime knows the first day of its scheme. Law: SI 2018/748 reg. 1; SI 2023/624 reg. 1."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEGAN_ON = {"police": "2018-11-01", "service_police": "2023-06-19"}


def say_when_they_began(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in the day of the regimes that came with the service before it had this column."""
    # On the migrator's own connection: another would wait for the lock that this one holds.
    regimes = apps.get_model("accounts", "Regime").objects.using(schema_editor.connection.alias)
    for key, day in BEGAN_ON.items():
        regimes.filter(key=key).update(began_on=day)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_throttle_counts")]

    operations = [
        migrations.AddField("regime", "began_on", models.DateField(null=True)),
        migrations.RunPython(say_when_they_began, migrations.RunPython.noop),
        migrations.AlterField("regime", "began_on", models.DateField()),
    ]
