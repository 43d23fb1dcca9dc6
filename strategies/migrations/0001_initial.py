import django.db.models.deletion
import impact.stats
import site_core.previews
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('site_core', '0002_content'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='StrategyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences that say what the page holds. Lists, search engines and shared links show it.', max_length=300)),
            ],
            options={
                'verbose_name': 'strategy list',
            },
            bases=(site_core.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='StrategyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences that say what the page holds. Lists, search engines and shared links show it.', max_length=300)),
                ('abbreviation', models.CharField(blank=True, help_text='Such as “GVI”.', max_length=12)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('steps', 7), ('quote', 11), ('picture', 14), ('documents', 18), ('call_to_action', 24), ('figures', 28), ('before_after', 36)], blank=True, block_lookup={0: ('site_core.blocks.HeadingBlock', (), {'max_length': 120}), 1: ('site_core.blocks.TextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link']}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who takes this step, such as “Police and community members”.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'The step in a few words, such as “Hold a call-in”.', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('who', 2), ('what', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'max_num': 12, 'min_num': 1}), 7: ('wagtail.blocks.StructBlock', [[('steps', 6)]], {}), 8: ('wagtail.blocks.TextBlock', (), {'help_text': "The words as they were said, in the speaker's spelling.", 'max_length': 1000}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said it.', 'max_length': 120}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where and when, if it is on record.', 'max_length': 255, 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('text', 8), ('speaker', 9), ('source', 10)]], {}), 12: ('wagtail.images.blocks.ImageBlock', [], {'help_text': 'Describe what it shows, or mark it as decoration.'}), 13: ('wagtail.blocks.CharBlock', (), {'max_length': 255, 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('image', 12), ('caption', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'default': 'Guides', 'max_length': 120}), 16: ('wagtail.documents.blocks.DocumentChooserBlock', (), {}), 17: ('wagtail.blocks.ListBlock', (16,), {'max_num': 20, 'min_num': 1}), 18: ('wagtail.blocks.StructBlock', [[('heading', 15), ('documents', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': 'One line, such as “Talk to us about your city”.', 'max_length': 200}), 20: ('wagtail.blocks.CharBlock', (), {'help_text': 'Says where it leads, such as “How figures are checked”.', 'max_length': 80}), 21: ('wagtail.blocks.PageChooserBlock', (), {'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'With https:// in front.', 'label': 'or another site', 'max_length': 500, 'required': False}), 23: ('wagtail.blocks.StructBlock', [[('text', 20), ('page', 21), ('url', 22)]], {}), 24: ('wagtail.blocks.StructBlock', [[('text', 19), ('link', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 26: ('wagtail.snippets.blocks.SnippetChooserBlock', (impact.stats.ImpactStat,), {}), 27: ('wagtail.blocks.ListBlock', (26,), {'max_num': 12, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('heading', 25), ('figures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What was counted, such as “nonfatal shootings”.', 'max_length': 200}), 30: ('wagtail.snippets.blocks.SnippetChooserBlock', ('site_core.PlaceTerm',), {'required': False}), 31: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the earlier period.', 'min_value': 0}), 32: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2015” or “2004–2011”.', 'max_length': 60}), 33: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'The count in the later period.', 'min_value': 0}), 34: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “2017” or “2012–2014”. If it is no whole years, it must be as long as the earlier period.', 'max_length': 60}), 35: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who reports it and where, such as “State report, p. 1202”.', 'max_length': 255, 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('outcome', 29), ('place', 30), ('before', 31), ('before_period', 32), ('after', 33), ('after_period', 34), ('source', 35)]], {})})),
                ('contact_name', models.CharField(blank=True, help_text='Whom to ask about it.', max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('term', models.ForeignKey(help_text='The tag of the same name. Figures and news with that tag show up on this page by themselves.', limit_choices_to={'kind__in': ['strategy', 'initiative', 'component']}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='site_core.term')),
            ],
            options={
                'verbose_name': 'strategy',
                'verbose_name_plural': 'strategies',
            },
            bases=(site_core.previews.KnownPreviewsMixin, 'wagtailcore.page'),
        ),
    ]
