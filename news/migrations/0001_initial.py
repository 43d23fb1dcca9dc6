import django.db.models.deletion
import impact.stats
import modelsearch.index
import news.partial_date
import site_core.links
import site_core.previews
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences that say what the page holds. Lists, search engines and shared links show it.', max_length=300)),
            ],
            options={
                'verbose_name': 'news list',
            },
            bases=(site_core.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsItemComponent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewsItemInitiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewsItemPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences that say what the page holds. Lists, search engines and shared links show it.', max_length=300)),
                ('link', site_core.links.WebAddressField(blank=True, db_index=True, help_text='The address of the article itself. Leave empty if it is not on record: do not guess.', max_length=500, verbose_name='link to the article')),
                ('date', news.partial_date.PartialDateField(help_text='Write it as exactly as it is known: “April 3, 2018”, “April 2018” or “2018”.', max_length=10, null=True, verbose_name='date')),
                ('first_day', models.DateField(db_index=True, editable=False, null=True)),
                ('item_type', models.CharField(choices=[('news', 'News'), ('opinion', 'Opinion'), ('podcast', 'Podcast'), ('event', 'Event'), ('case-study', 'Case study'), ('report', 'Report'), ('video', 'Video'), ('announcement', 'Announcement')], default='news', max_length=20, verbose_name='type')),
                ('author', models.CharField(blank=True, help_text='Who wrote it, such as “Tina Rosenberg”.', max_length=255)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 7), ('quote', 11), ('picture', 14), ('documents', 18), ('call_to_action', 24), ('figures', 28), ('before_after', 36)], blank=True, block_lookup={0: ('site_core.blocks.HeadingBlock', (), {'max_length': 120}), 1: ('site_core.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who takes this step, such as “Police and community members”.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'The step in a few words, such as “Hold a call-in”.', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('who', 2), ('what', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'max_num': 12, 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('steps', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9), ('source', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'default': 'Guides', 'max_length': 120}), 16: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 17: ('wagtail.blocks.ListBlock', (16,), {'max_num': 20, 'min_num': 1}), 18: ('wagtail.blocks.StructBlock', [[('heading', 15), ('documents', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says where it leads, such as “How figures are checked”.', 'max_length': 80}), 21: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 23: ('wagtail.blocks.StructBlock', [[('text', 20), ('page', 21), ('url', 22)]], {}), 24: ('wagtail.blocks.StructBlock', [[('text', 19), ('link', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 26: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 27: ('wagtail.blocks.ListBlock', (26,), {'max_num': 12, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('heading', 25), ('figures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What was counted, such as “nonfatal shootings”.', 'max_length': 200}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', ('site_core.PlaceTerm',), {'required': False}), 31: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the earlier period.', 'min_value': 0}), 32: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2015” or “2004–2011”.', 'max_length': 60}), 33: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the later period.', 'min_value': 0}), 34: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2017” or “2012–2014”. If it is no whole years, it must be as long as the earlier period.', 'max_length': 60}), 35: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who reports it and where, such as “State report, p. 1202”.', 'max_length': 255, 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('outcome', 29), ('place', 30), ('before', 31), ('before_period', 32), ('after', 33), ('after_period', 34), ('source', 35)]], {})})),
            ],
            options={
                'verbose_name': 'news item',
            },
            bases=(site_core.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsItemPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NewsItemStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As it writes itself, such as “USA TODAY”.', max_length=255)),
                ('aliases', models.TextField(blank=True, help_text='One a line, such as “The New York Times” and “NYT”.', verbose_name='other names')),
                ('website', site_core.links.WebAddressField(blank=True, help_text='With https:// in front.', max_length=500)),
            ],
            options={
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
