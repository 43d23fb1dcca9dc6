import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='WithdrawnURL',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(help_text="The page's URL, or the part after the name of the site, such as /news/an-item/. As long as a page is live at this URL, visitors still see that page: unpublish or delete it.", max_length=500, unique=True)),
                ('note', models.TextField(blank=True, help_text='Who asked for it and why. Only Managing editors and Administrators can read this.')),
                ('since', models.DateField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'withdrawn URL',
                'verbose_name_plural': 'withdrawn URLs',
                'ordering': ['path'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
