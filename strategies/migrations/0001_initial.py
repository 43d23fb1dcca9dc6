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
        ('taxonomy', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='StrategyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
            ],
            options={
                'verbose_name': 'strategy list',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='StrategyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences on what the page is about. Lists, search engines and shared links show them.', max_length=300)),
                ('change_note', models.CharField(blank=True, help_text='Leave empty for a small fix: nobody is told. Write one sentence for a change readers should know about; it appears on the page and in the feed of changes.', max_length=300)),
                ('abbreviation', models.CharField(blank=True, help_text='Such as “GVI”.', max_length=12)),
                ('who_takes_part', models.CharField(blank=True, help_text='Such as “Community members, law enforcement and support providers”.', max_length=255)),
                ('where_it_began', models.CharField(blank=True, help_text='The place and the year, as far as they are known.', max_length=255)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 7), ('quote', 11), ('picture', 15), ('documents', 19), ('call_to_action', 25), ('press_contact', 26), ('general_contact', 27), ('help_lines', 28), ('figures', 32), ('before_after', 40), ('evidence_labels', 41)], blank=True, block_lookup={0: ('site_core.pages.blocks.HeadingBlock', (), {'max_length': 120}), 1: ('site_core.pages.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who takes this step, such as “Police and community members”.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'The step in a few words, such as “Hold a call-in”.', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('who', 2), ('what', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'max_num': 12, 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('steps', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9), ('source', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'For charts and drawings. Other pictures are cropped to 3:2 around their focal point.', 'label': 'Show the whole picture', 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13), ('whole', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'default': 'Guides', 'max_length': 120}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 18: ('wagtail.blocks.ListBlock', (17,), {'help_text': 'The page shows the newest version of each document, with earlier versions below it.', 'max_num': 20, 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('heading', 16), ('documents', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say where it leads, such as “How figures are checked”.', 'max_length': 80}), 22: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 23: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 24: ('wagtail.blocks.StructBlock', [[('text', 21), ('page', 22), ('url', 23)]], {}), 25: ('wagtail.blocks.StructBlock', [[('text', 20), ('link', 24)]], {}), 26: ('site_core.pages.blocks.PressContactBlock', (), {}), 27: ('site_core.pages.blocks.GeneralContactBlock', (), {}), 28: ('site_core.pages.blocks.HelpLinesBlock', (), {}), 29: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Impact stats', 'max_num': 12, 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 29), ('figures', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'What was counted, such as “nonfatal shootings”.', 'max_length': 200}), 34: ('wagtail.snippets.blocks.SnippetChooserBlock', ('taxonomy.PlaceTerm',), {'required': False}), 35: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the earlier period.', 'min_value': 0}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2015” or “2004–2011”.', 'max_length': 60}), 37: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the later period.', 'min_value': 0}), 38: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2017” or “2012–2014”. If it is not whole years, it must be as long as the earlier period.', 'max_length': 60}), 39: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who reports it and where, such as “State report, p. 1202”.', 'max_length': 255, 'required': False}), 40: ('wagtail.blocks.StructBlock', [[('outcome', 33), ('place', 34), ('before', 35), ('before_period', 36), ('after', 37), ('after_period', 38), ('source', 39)]], {}), 41: ('impact.blocks.EvidenceLabelsBlock', (), {})})),
                ('contact_name', models.CharField(blank=True, help_text='The person who answers questions about it.', max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('term', models.ForeignKey(help_text='The tag of the same name. Impact stats and news with this tag appear on this page automatically.', limit_choices_to={'kind__in': ['strategy', 'initiative', 'component']}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='taxonomy.term')),
            ],
            options={
                'verbose_name': 'strategy',
                'verbose_name_plural': 'strategies',
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
    ]
