import django.core.validators
import django.db.models.deletion
import modelsearch.index
import site_core.links
import site_core.previews
import wagtail.fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('relation', models.CharField(choices=[('supports', 'supports the figure'), ('differs', 'reports a different figure'), ('conflicts', 'conflicts with the figure'), ('unchecked', 'recorded, not yet checked')], default='unchecked', max_length=10, verbose_name='how it stands to the figure')),
                ('reports', models.CharField(blank=True, help_text="The study's own figure, such as “31%” or “5.5% fewer”.", max_length=120, verbose_name='what it reports')),
                ('of_outcome', models.CharField(blank=True, help_text='Such as “shootings among treated groups”.', max_length=200, verbose_name='of which outcome')),
                ('locator', models.CharField(blank=True, help_text='Where in the study, such as “p. 1202”.', max_length=60, verbose_name='page or table')),
            ],
            options={
                'verbose_name': 'study',
                'verbose_name_plural': 'evidence',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImpactPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences that say what the page holds. Lists, search engines and shared links show it.', max_length=300)),
                ('caution', wagtail.fields.RichTextField(blank=True, help_text='What a reader must know before looking at any figure. It stands above the first.')),
            ],
            options={
                'verbose_name': 'impact page',
            },
            bases=(site_core.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('scheme', models.CharField(help_text='Such as “CrimeSolutions”.', max_length=120)),
                ('label', models.CharField(help_text="The scheme's own word, such as “Promising”.", max_length=60)),
                ('of', models.CharField(help_text='Such as “violent incidents, one study”.', max_length=200, verbose_name='of what')),
                ('date', models.DateField(blank=True, help_text='As of when. Empty if it is not on record.', null=True)),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('short_name', models.CharField(help_text='As it is cited in a line, such as “Papachristos and Kirk 2015” or “NCJ 247632”.', max_length=120, unique=True)),
                ('described_as', models.CharField(default='study', help_text='In a word or two, such as “study”, “federal assessment” or “federal case study”.', max_length=60, verbose_name='what it is')),
                ('authors', models.CharField(blank=True, help_text='As published, such as “Braga, A. A., and Weisburd, D. L.”.', max_length=500)),
                ('year', models.PositiveSmallIntegerField(blank=True, help_text='The year it came out, such as 2015.', null=True)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('container', models.CharField(blank=True, help_text='The journal, series or publisher.', max_length=255, verbose_name='published in')),
                ('locator', models.CharField(blank=True, help_text='Such as “14(3), 525–558” or a report number.', max_length=120, verbose_name='volume and pages')),
                ('address', site_core.links.WebAddressField(blank=True, help_text='With https:// in front. A DOI address is best.', max_length=500, verbose_name='web address')),
                ('design', models.CharField(blank=True, help_text='How it measured, such as “matched comparison”. As the study says it.', max_length=255)),
            ],
            options={
                'verbose_name_plural': 'studies',
                'ordering': ['short_name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='ImpactStat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('value_low', models.DecimalField(decimal_places=1, help_text='The number alone, such as 41 or 36.4. For a range, its lower end.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='figure')),
                ('value_high', models.DecimalField(blank=True, decimal_places=1, help_text='Only for a range: 56 for “44–56%”.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='upper end of a range')),
                ('unit', models.CharField(choices=[('percent', 'percent'), ('points', 'percentage points')], default='percent', max_length=10)),
                ('direction', models.CharField(choices=[('reduction', 'reduction'), ('decrease', 'decrease'), ('increase', 'increase')], default='reduction', max_length=10)),
                ('outcome', models.CharField(help_text='What was measured, such as “group member-involved homicide”.', max_length=200)),
                ('joining_word', models.CharField(blank=True, choices=[('among', 'among'), ('in', 'in'), ('through', 'through')], max_length=10)),
                ('population', models.CharField(blank=True, help_text='The people it was measured on, such as “notified violent groups”.', max_length=200)),
                ('scope', models.CharField(blank=True, help_text='Where or how widely, such as “in all 4 neighborhoods”.', max_length=200)),
                ('program', models.CharField(blank=True, help_text='The program it ran under, such as “Project Safe Neighborhoods”.', max_length=200)),
                ('strategy_inferred', models.BooleanField(default=False, help_text='Tick if the source does not name the strategy and we concluded it.', verbose_name='strategy worked out by us')),
                ('period', models.CharField(blank=True, help_text='The time it covers, such as “2007–2010”.', max_length=60)),
                ('checked_on', models.DateField(blank=True, help_text='The day somebody last held it against its source. Empty if nobody has.', null=True)),
                ('next_due', models.DateField(blank=True, null=True, verbose_name='next check due')),
                ('slug', models.SlugField(blank=True, help_text='The end of its web address. Left empty, it is made from place and outcome.', max_length=100, unique=True, verbose_name='address')),
                ('sort_order', models.PositiveIntegerField(db_index=True, default=0, editable=False)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
            ],
            options={
                'verbose_name': 'figure',
                'ordering': ['sort_order', 'pk'],
            },
            bases=(site_core.previews.KnownPreviewsMixin, modelsearch.index.Indexed, models.Model),
        ),
    ]
