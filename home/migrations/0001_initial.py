import django.db.models.deletion
import impact.stats
import site_core.page_cache.previews
import site_core.publishing.publishable
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
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('body', wagtail.fields.StreamField([('mission', 6), ('principles', 12), ('strategies', 14), ('latest_news', 17), ('impact', 23), ('call_to_action', 29), ('text', 30), ('quote', 34), ('picture', 38)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence of at most 20 words. It is the heading of the page.', 'max_length': 200}), 1: ('wagtail.blocks.TextBlock', (), {'help_text': 'A second sentence that says how.', 'max_length': 400, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 3: ('wagtail.blocks.ListBlock', (2,), {'max_num': 6, 'min_num': 1}), 4: ('wagtail.blocks.PageChooserBlock', (), {'help_text': 'The page that explains how it works.', 'required': False}), 5: ('wagtail.blocks.CharBlock', (), {'max_length': 60, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('statement', 0), ('lead', 1), ('aims', 3), ('link', 4), ('link_text', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'default': 'Our principles', 'max_length': 80}), 8: ('wagtail.blocks.CharBlock', (), {'max_length': 80}), 9: ('wagtail.blocks.TextBlock', (), {'max_length': 300, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('explanation', 9)]], {}), 11: ('wagtail.blocks.ListBlock', (10,), {'max_num': 6, 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('heading', 7), ('principles', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'default': 'Strategies', 'max_length': 80}), 14: ('wagtail.blocks.StructBlock', [[('heading', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'default': 'News & Updates', 'max_length': 80}), 16: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'How many items to show.', 'max_value': 12, 'min_value': 1}), 17: ('wagtail.blocks.StructBlock', [[('heading', 15), ('number', 16)]], {}), 18: ('wagtail.blocks.CharBlock', (), {'default': 'Impact', 'max_length': 80}), 19: ('wagtail.blocks.CharBlock', (), {'default': 'These figures measure different things in different places and cannot be compared with one another.', 'max_length': 255}), 20: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 21: ('wagtail.blocks.ListBlock', (20,), {'default': [], 'help_text': 'Leave empty to show every live impact stat that is not withdrawn.', 'max_num': 12, 'required': False}), 22: ('wagtail.blocks.PageChooserBlock', (), {'help_text': 'The page that explains how impact stats are checked.', 'required': False}), 23: ('wagtail.blocks.StructBlock', [[('heading', 18), ('caution', 19), ('figures', 21), ('link', 22)]], {}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 25: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say where it leads, such as “How figures are checked”.', 'max_length': 80}), 26: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 28: ('wagtail.blocks.StructBlock', [[('text', 25), ('page', 26), ('url', 27)]], {}), 29: ('wagtail.blocks.StructBlock', [[('text', 24), ('link', 28)]], {}), 30: ('site_core.pages.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 31: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 32: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('text', 31), ('speaker', 32), ('source', 33)]], {}), 35: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 36: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 37: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For charts and drawings. Other pictures are cropped to 3:2 around their focal point.', 'label': 'Show the whole picture', 'required': False}), 38: ('wagtail.blocks.StructBlock', [[('image', 35), ('caption', 36), ('whole', 37)]], {})})),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='LoadedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255, unique=True)),
                ('model', models.CharField(max_length=100)),
                ('object_id', models.PositiveBigIntegerField()),
                ('entry_digest', models.CharField(max_length=64)),
                ('object_digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name_plural': 'loaded entries',
            },
        ),
        migrations.CreateModel(
            name='PlaceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
            ],
            options={
                'verbose_name': 'place list',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='TextPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 7), ('quote', 11), ('picture', 15), ('documents', 19), ('call_to_action', 25), ('press_contact', 26), ('general_contact', 27), ('help_lines', 28), ('figures', 32), ('before_after', 40), ('evidence_labels', 41)], blank=True, block_lookup={0: ('site_core.pages.blocks.HeadingBlock', (), {'max_length': 120}), 1: ('site_core.pages.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who takes this step, such as “Police and community members”.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'The step in a few words, such as “Hold a call-in”.', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('who', 2), ('what', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'max_num': 12, 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('steps', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9), ('source', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For charts and drawings. Other pictures are cropped to 3:2 around their focal point.', 'label': 'Show the whole picture', 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13), ('whole', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Guides', 'max_length': 120}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 18: ('wagtail.blocks.ListBlock', (17,), {'help_text': 'The page shows the newest version of each document, with earlier versions below it.', 'max_num': 20, 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('documents', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say where it leads, such as “How figures are checked”.', 'max_length': 80}), 22: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 23: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 24: ('wagtail.blocks.StructBlock', [[('text', 21), ('page', 22), ('url', 23)]], {}), 25: ('wagtail.blocks.StructBlock', [[('text', 20), ('link', 24)]], {}), 26: ('site_core.pages.blocks.PressContactBlock', (), {}), 27: ('site_core.pages.blocks.GeneralContactBlock', (), {}), 28: ('site_core.pages.blocks.HelpLinesBlock', (), {}), 29: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Impact stats', 'max_num': 12, 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 29), ('figures', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'What was counted, such as “nonfatal shootings”.', 'max_length': 200}), 34: ('wagtail.snippets.blocks.SnippetChooserBlock', ('taxonomy.PlaceTerm',), {'required': False}), 35: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the earlier period.', 'min_value': 0}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2015” or “2004–2011”.', 'max_length': 60}), 37: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the later period.', 'min_value': 0}), 38: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2017” or “2012–2014”. If it is not whole years, it must be as long as the earlier period.', 'max_length': 60}), 39: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who reports it and where, such as “State report, p. 1202”.', 'max_length': 255, 'required': False}), 40: ('wagtail.blocks.StructBlock', [[('outcome', 33), ('place', 34), ('before', 35), ('before_period', 36), ('after', 37), ('after_period', 38), ('source', 39)]], {}), 41: ('impact.blocks.EvidenceLabelsBlock', (), {})})),
            ],
            options={
                'verbose_name': 'text page',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='UnansweredSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=100, unique=True)),
                ('times', models.PositiveIntegerField(default=1)),
                ('last_on', models.DateField(db_index=True)),
            ],
            options={
                'verbose_name': 'search without result',
                'verbose_name_plural': 'searches without result',
            },
        ),
    ]
