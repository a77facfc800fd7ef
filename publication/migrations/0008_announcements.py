from django.db import migrations, models

from publication import sql


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0013_conversations_before_submission'),
        ('publication', '0007_public_proof'),
    ]

    operations = [
        migrations.AddField(
            model_name='release',
            name='chosen_because',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'announcement'), _negated=True), ('imported', True), ('payload__eligible', True), models.Q(('chosen_because', ''), _negated=True), _connector='OR'), name='announcing_what_is_not_eligible_has_its_reason'),
        ),
        migrations.RunSQL(sql.text("announcements"), sql.text("announcements_undone")),
    ]
