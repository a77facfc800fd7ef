from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0027_history_is_not_joined'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='way',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
