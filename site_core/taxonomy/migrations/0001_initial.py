import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('initiative', 'Initiative'), ('strategy', 'Strategy'), ('component', 'Component')], editable=False, max_length=12)),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(blank=True, help_text='The end of its URL, such as “high-point”. If you leave it empty, it is made from the name.', max_length=100)),
                ('aliases', models.TextField(blank=True, help_text='One on each line, such as “Operation Ceasefire”. Tag fields find this term by any of them.', verbose_name='other names')),
                ('archived', models.BooleanField(default=False, help_text='An archived term stays where it is used. Authors can no longer choose it.')),
                ('region', models.CharField(blank=True, help_text='For a place in the United States, such as “NC”.', max_length=60, verbose_name='state or region')),
                ('country', models.CharField(blank=True, help_text='Two letters, such as “US” or “SE”.', max_length=2)),
                ('latitude', models.DecimalField(blank=True, decimal_places=3, help_text='The latitude of the center, in degrees north, such as 35.956.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('longitude', models.DecimalField(blank=True, decimal_places=3, help_text='In degrees east, which is negative in the Americas, such as -80.005.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('has_page', models.BooleanField(default=True, help_text='Clear this for a place that only contains others, such as a county.', verbose_name='has a page')),
                ('concerns_partner_violence', models.BooleanField(default=False, help_text='Pages about this strategy show the help lines and the button “Leave this page”.', verbose_name='concerns violence by a partner')),
            ],
            options={
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='ComponentTerm',
            fields=[
            ],
            options={
                'verbose_name': 'component',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('taxonomy.term',),
        ),
        migrations.CreateModel(
            name='InitiativeTerm',
            fields=[
            ],
            options={
                'verbose_name': 'initiative',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('taxonomy.term',),
        ),
        migrations.CreateModel(
            name='PlaceTerm',
            fields=[
            ],
            options={
                'verbose_name': 'place',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('taxonomy.term',),
        ),
        migrations.CreateModel(
            name='StrategyTerm',
            fields=[
            ],
            options={
                'verbose_name': 'strategy',
                'verbose_name_plural': 'strategies',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('taxonomy.term',),
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('initiative', 'Initiative'), ('strategy', 'Strategy'), ('component', 'Component')], max_length=12)),
                ('slug', models.SlugField(max_length=100)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='taxonomy.term')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='former_slug_leads_to_one_term')],
            },
        ),
        migrations.AddField(
            model_name='term',
            name='larger_place',
            field=models.ForeignKey(blank=True, help_text='The county or country that contains this place, if it is on file too.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='smaller_places', to='taxonomy.placeterm'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(models.F('kind'), django.db.models.functions.text.Lower('name'), name='term_name_unique_in_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(models.F('kind'), django.db.models.functions.text.Lower('slug'), name='term_slug_unique_in_its_kind'),
        ),
    ]
