import django.core.validators
import django.db.models.deletion
import modelsearch.index
import site_core.fields.web_url
import site_core.page_cache.previews
import site_core.publishing.publishable
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CrisisHelpSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leave_url', site_core.fields.web_url.WebURLField(default='https://www.weather.gov/', help_text='A site that many people open every day. It must not give away what was read here.', max_length=500, verbose_name='where “Leave this page” leads')),
                ('help_lines', wagtail.fields.StreamField([('help_line', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Such as “National Domestic Violence Hotline”.', 'max_length': 120}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'Digits and hyphens, such as 1-800-799-7233.', 'max_length': 40, 'validators': [django.core.validators.RegexValidator('^\\d[\\d-]*\\d\\Z', 'Write digits with hyphens between them and nothing else, such as 1-800-799-7233.')]}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'When somebody answers. Leave empty if you have not checked.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.DateBlock', (), {'help_text': 'The day somebody last called the number or asked the people who run it.', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('name', 0), ('number', 1), ('hours', 2), ('checked_on', 3)]], {})})),
            ],
            options={
                'verbose_name': 'crisis help',
            },
        ),
        migrations.CreateModel(
            name='OrganizationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='National Network for Safe Communities', max_length=255)),
                ('abbreviation', models.CharField(default='NNSC', max_length=20)),
                ('parent', models.CharField(blank=True, help_text='The college or university the organization belongs to.', max_length=255, verbose_name='part of')),
                ('address', models.TextField(blank=True, help_text='The postal address, with line breaks.')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail for everyone')),
                ('phone', models.CharField(blank=True, help_text='Such as 212-555-0100.', max_length=40, verbose_name='phone for everyone')),
                ('press_name', models.CharField(blank=True, help_text='A person, not an office.', max_length=255, verbose_name='press contact')),
                ('press_email', models.EmailField(blank=True, max_length=254, verbose_name='press e-mail')),
                ('press_phone', models.CharField(blank=True, help_text='A number that somebody answers when a deadline is near.', max_length=40)),
                ('security_email', models.EmailField(blank=True, help_text='For people who find a vulnerability in the site. Somebody has to read this mail.', max_length=254, verbose_name='e-mail for security problems')),
                ('security_expires', models.DateField(blank=True, help_text='The last day on which somebody reads this mail, at most a year ahead. The admin reminds you.', null=True, verbose_name='valid through')),
                ('social_links', wagtail.fields.StreamField([('link', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'The name of the service.', 'max_length': 60}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'The URL of our account, with https:// in front.', 'max_length': 500, 'validators': [site_core.fields.web_url.check_web_url]}), 2: ('wagtail.blocks.StructBlock', [[('name', 0), ('url', 1)]], {})})),
                ('footer_text', wagtail.fields.RichTextField(blank=True)),
                ('footer_links', wagtail.fields.StreamField([('page', 0)], blank=True, block_lookup={0: ('site_core.organization.blocks.FooterLinkBlock', (), {})})),
            ],
            options={
                'verbose_name': 'organization',
            },
        ),
        migrations.CreateModel(
            name='Alert',
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
                ('text', models.CharField(help_text='One sentence, such as “Registration for the national conference is open.”', max_length=200)),
                ('link_url', site_core.fields.web_url.WebURLField(blank=True, help_text='With https:// in front.', max_length=500, verbose_name='or to another site')),
                ('link_text', models.CharField(blank=True, help_text='The words of the link, such as “Register”.', max_length=60)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('link_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='link to a page of this site')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'alert',
                'indexes': [models.Index(fields=['expire_at'], name='organizatio_expire__58b4ae_idx')],
            },
            bases=(site_core.publishing.publishable.PublishableMixin, site_core.page_cache.previews.KnownPreviewsMixin, modelsearch.index.Indexed, models.Model),
        ),
    ]
