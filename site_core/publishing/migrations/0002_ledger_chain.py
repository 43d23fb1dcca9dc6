from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='chain',
            field=models.CharField(default='', editable=False, help_text='The digest of the row and of the link of the row before; empty in rows older than the chain.', max_length=64),
        ),
        migrations.AddField(
            model_name='publication',
            name='erased',
            field=models.JSONField(default=dict, editable=False, help_text='The digest of each part that was erased.'),
        ),
        migrations.AddField(
            model_name='publication',
            name='salts',
            field=models.JSONField(default=dict, editable=False, help_text='The salts of the digests of its parts.'),
        ),
    ]
