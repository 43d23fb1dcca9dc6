import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import site_core.fields.web_url
import site_core.page_cache.previews
import site_core.publishing.publishable
import wagtail.fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taxonomy', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImpactPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('caution', wagtail.fields.RichTextField(blank=True, help_text='What a reader must know before looking at any impact stat. It appears above the first one.')),
            ],
            options={
                'verbose_name': 'impact page',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('short_name', models.CharField(help_text='The short form of the citation, such as “Papachristos and Kirk 2015” or “NCJ 247632”.', max_length=120, unique=True)),
                ('described_as', models.CharField(default='study', help_text='In a word or two, such as “study”, “federal assessment” or “federal case study”.', max_length=60, verbose_name='kind of source')),
                ('authors', models.CharField(blank=True, help_text='As published, such as “Braga, A. A., and Weisburd, D. L.”.', max_length=500)),
                ('year', models.PositiveSmallIntegerField(blank=True, help_text='The year of publication, such as 2015.', null=True)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('container', models.CharField(blank=True, help_text='The journal, series or publisher.', max_length=255, verbose_name='published in')),
                ('locator', models.CharField(blank=True, help_text='Such as “14(3), 525–558” or a report number.', max_length=120, verbose_name='volume and pages')),
                ('url', site_core.fields.web_url.WebURLField(blank=True, help_text='Starts with https://. A DOI link is best.', max_length=500, verbose_name='URL')),
                ('design', models.CharField(blank=True, help_text="The research design in the study's own words, such as “matched comparison”.", max_length=255)),
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
                ('correction', models.CharField(blank=True, choices=[('corrected', 'corrected'), ('withdrawn', 'withdrawn')], help_text='A withdrawn impact stat no longer appears in the chart, the tables or on other pages. The impact page lists it separately.', max_length=10, verbose_name='corrected or withdrawn')),
                ('correction_text', models.TextField(blank=True, help_text='Public, such as “The report counts 31%, not 27%. We had copied the wrong column.”', max_length=600, verbose_name='what changed and why')),
                ('corrected_on', models.DateField(blank=True, null=True, verbose_name='corrected or withdrawn on')),
                ('value_low', models.DecimalField(decimal_places=1, help_text='The number alone, such as 41 or 36.4. For a range, the lower end.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='value')),
                ('value_high', models.DecimalField(blank=True, decimal_places=1, help_text='Only for a range: 56 for “44–56%”.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='upper end of a range')),
                ('unit', models.CharField(choices=[('percent', 'percent'), ('points', 'percentage points')], default='percent', max_length=10)),
                ('direction', models.CharField(choices=[('reduction', 'reduction'), ('decrease', 'decrease'), ('increase', 'increase')], default='reduction', max_length=10)),
                ('outcome', models.CharField(help_text='What was measured, such as “group member-involved homicide”.', max_length=200)),
                ('outcome_group', models.CharField(choices=[('shootings', 'Shootings and victims'), ('homicides', 'Homicides'), ('drugs', 'Drug offenses'), ('other', 'Other outcomes')], default='other', help_text='The heading under which the chart and the table on the impact page show it.', max_length=10, verbose_name='kind of outcome')),
                ('joining_word', models.CharField(blank=True, choices=[('among', 'among'), ('in', 'in'), ('through', 'through')], max_length=10)),
                ('population', models.CharField(blank=True, help_text='The people who were measured, such as “notified violent groups”.', max_length=200)),
                ('scope', models.CharField(blank=True, help_text='Where or how widely, such as “in all 4 neighborhoods”.', max_length=200)),
                ('program', models.CharField(blank=True, help_text='The program, such as “Project Safe Neighborhoods”.', max_length=200)),
                ('checked_on', models.DateField(blank=True, help_text='The day somebody last compared it with its source. Leave empty if nobody has.', null=True)),
                ('next_due', models.DateField(blank=True, null=True, verbose_name='next check due')),
                ('check_is_overdue', models.BooleanField(default=False, editable=False)),
                ('strategy_inferred', models.BooleanField(default=False, help_text='Check if the source does not name the strategy and we inferred it.', verbose_name='strategy inferred by us')),
                ('period', models.CharField(blank=True, help_text='The years it covers, such as “2007–2010”.', max_length=60)),
                ('slug', models.SlugField(blank=True, help_text='The last part of its URL. If left empty, it is made from the place and the outcome.', max_length=100, unique=True)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('sort_order', models.PositiveIntegerField(db_index=True, default=0, editable=False)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('owner', models.ForeignKey(blank=True, help_text='The person responsible for this impact stat.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='place_stats', to='taxonomy.placeterm')),
                ('strategy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='strategy_stats', to='taxonomy.strategyterm')),
            ],
            options={
                'verbose_name': 'impact stat',
                'ordering': ['sort_order', 'pk'],
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('scheme', models.CharField(help_text='Such as “CrimeSolutions”.', max_length=120)),
                ('label', models.CharField(help_text="The scheme's own word, such as “Promising”.", max_length=60)),
                ('of', models.CharField(help_text='Such as “violent incidents, one study”.', max_length=200, verbose_name='of what')),
                ('date', models.DateField(blank=True, help_text='The date of the rating. Leave empty if it is not on record.', null=True)),
                ('stat', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='impact.impactstat')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('relation', models.CharField(choices=[('supports', 'supports the figure'), ('differs', 'reports a different figure'), ('conflicts', 'conflicts with the figure'), ('unchecked', 'recorded, not yet checked')], default='unchecked', max_length=10, verbose_name='relation to the impact stat')),
                ('reports', models.CharField(blank=True, help_text="The study's own result, such as “31%” or “5.5% fewer”. Required once the study is checked.", max_length=120, verbose_name='what it reports')),
                ('of_outcome', models.CharField(blank=True, help_text='Such as “shootings among treated groups”.', max_length=200, verbose_name='of which outcome')),
                ('locator', models.CharField(blank=True, help_text='Where in the study, such as “p. 1202”.', max_length=60, verbose_name='page or table')),
                ('stat', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='impact.impactstat')),
                ('study', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='impact.study')),
            ],
            options={
                'verbose_name': 'study',
                'verbose_name_plural': 'evidence',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='impactstat',
            index=models.Index(fields=['expire_at'], name='impact_impa_expire__c53130_idx'),
        ),
        migrations.AddIndex(
            model_name='impactstat',
            index=models.Index(fields=['next_due'], name='impact_impa_next_du_ef5d0a_idx'),
        ),
    ]
