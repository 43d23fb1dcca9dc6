from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('page_cache', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='committedchange',
            name='withdraws',
            field=models.BooleanField(db_default=False),
        ),
    ]
