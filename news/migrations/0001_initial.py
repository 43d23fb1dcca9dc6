import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import impact.stats
import modelcluster.fields
import modelsearch.index
import news.partial_date
import site_core.fields.web_url
import site_core.page_cache.previews
import site_core.publishing.publishable
import site_core.taxonomy.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taxonomy', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
            ],
            options={
                'verbose_name': 'news list',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsItemComponent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_items_of_component', to='taxonomy.componentterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewsItemInitiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_items_of_initiative', to='taxonomy.initiativeterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewsItemPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('link', site_core.fields.web_url.WebURLField(blank=True, db_index=True, help_text='The web address of the article itself. Leave it empty if you do not know it. Do not guess.', max_length=500, verbose_name='link to the article')),
                ('date', news.partial_date.PartialDateField(help_text='Write as much of it as is known: “April 3, 2018”, “April 2018” or “2018”.', max_length=10, null=True, verbose_name='date')),
                ('first_day', models.DateField(db_index=True, editable=False, null=True)),
                ('item_type', models.CharField(choices=[('news', 'News'), ('opinion', 'Opinion'), ('podcast', 'Podcast'), ('event', 'Event'), ('case-study', 'Case study'), ('report', 'Report'), ('video', 'Video'), ('announcement', 'Announcement')], default='news', max_length=20, verbose_name='type')),
                ('author', models.CharField(blank=True, help_text='Who wrote it, such as “Tina Rosenberg”.', max_length=255)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 7), ('quote', 11), ('picture', 15), ('documents', 19), ('call_to_action', 25), ('press_contact', 26), ('general_contact', 27), ('help_lines', 28), ('figures', 32), ('before_after', 40), ('evidence_labels', 41)], blank=True, block_lookup={0: ('site_core.pages.blocks.HeadingBlock', (), {'max_length': 120}), 1: ('site_core.pages.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who takes this step, such as “Police and community members”.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'The step in a few words, such as “Hold a call-in”.', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('who', 2), ('what', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'max_num': 12, 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('steps', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9), ('source', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For charts and drawings. Other pictures are cropped to 3:2 around their focal point.', 'label': 'Show the whole picture', 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13), ('whole', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Guides', 'max_length': 120}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 18: ('wagtail.blocks.ListBlock', (17,), {'help_text': 'The page shows the newest version of each document, with earlier versions below it.', 'max_num': 20, 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('documents', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say where it leads, such as “How figures are checked”.', 'max_length': 80}), 22: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 23: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 24: ('wagtail.blocks.StructBlock', [[('text', 21), ('page', 22), ('url', 23)]], {}), 25: ('wagtail.blocks.StructBlock', [[('text', 20), ('link', 24)]], {}), 26: ('site_core.pages.blocks.PressContactBlock', (), {}), 27: ('site_core.pages.blocks.GeneralContactBlock', (), {}), 28: ('site_core.pages.blocks.HelpLinesBlock', (), {}), 29: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Impact stats', 'max_num': 12, 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 29), ('figures', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'What was counted, such as “nonfatal shootings”.', 'max_length': 200}), 34: ('wagtail.snippets.blocks.SnippetChooserBlock', ('taxonomy.PlaceTerm',), {'required': False}), 35: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the earlier period.', 'min_value': 0}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2015” or “2004–2011”.', 'max_length': 60}), 37: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the later period.', 'min_value': 0}), 38: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2017” or “2012–2014”. If it is not whole years, it must be as long as the earlier period.', 'max_length': 60}), 39: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who reports it and where, such as “State report, p. 1202”.', 'max_length': 255, 'required': False}), 40: ('wagtail.blocks.StructBlock', [[('outcome', 33), ('place', 34), ('before', 35), ('before_period', 36), ('after', 37), ('after_period', 38), ('source', 39)]], {}), 41: ('impact.blocks.EvidenceLabelsBlock', (), {})})),
                ('components', site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name or another name of the same term, then a comma.', through='news.NewsItemComponent', to='taxonomy.ComponentTerm', verbose_name='components')),
                ('initiatives', site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name or another name of the same term, then a comma.', through='news.NewsItemInitiative', to='taxonomy.InitiativeTerm', verbose_name='initiatives')),
            ],
            options={
                'verbose_name': 'news item',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.AddField(
            model_name='newsiteminitiative',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiative_tags', to='news.newsitempage'),
        ),
        migrations.AddField(
            model_name='newsitemcomponent',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='component_tags', to='news.newsitempage'),
        ),
        migrations.CreateModel(
            name='NewsItemPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='place_tags', to='news.newsitempage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_items_there', to='taxonomy.placeterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='places',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name or another name of the same term, then a comma.', through='news.NewsItemPlace', to='taxonomy.PlaceTerm', verbose_name='places'),
        ),
        migrations.CreateModel(
            name='NewsItemStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_tags', to='news.newsitempage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_items_of_strategy', to='taxonomy.strategyterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='strategies',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name or another name of the same term, then a comma.', through='news.NewsItemStrategy', to='taxonomy.StrategyTerm', verbose_name='strategies'),
        ),
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the publisher writes it, such as “USA TODAY”.', max_length=255)),
                ('slug', models.SlugField(editable=False, max_length=255, unique=True)),
                ('aliases', models.TextField(blank=True, help_text='One per line, such as “The New York Times” and “NYT”.', verbose_name='other names')),
                ('website', site_core.fields.web_url.WebURLField(blank=True, help_text='With https:// in front.', max_length=500)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='publisher_name_unique_without_case')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='publisher',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='news.publisher'),
        ),
        migrations.AddConstraint(
            model_name='newsiteminitiative',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='newsiteminitiative_once'),
        ),
        migrations.AddConstraint(
            model_name='newsitemcomponent',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='newsitemcomponent_once'),
        ),
        migrations.AddConstraint(
            model_name='newsitemplace',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='newsitemplace_once'),
        ),
        migrations.AddConstraint(
            model_name='newsitemstrategy',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='newsitemstrategy_once'),
        ),
        migrations.AddIndex(
            model_name='newsitempage',
            index=models.Index(django.db.models.functions.comparison.Cast('page_ptr', models.CharField(max_length=50)), name='news_item_as_text'),
        ),
    ]
