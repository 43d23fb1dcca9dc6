import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelsearch.index
import site_core.links
import site_core.models
import site_core.previews
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site_core', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganizationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='National Network for Safe Communities', max_length=255)),
                ('abbreviation', models.CharField(default='NNSC', max_length=20)),
                ('parent', models.CharField(blank=True, help_text='The college or university the organization belongs to.', max_length=255, verbose_name='part of')),
                ('address', models.TextField(blank=True, help_text='The postal address, one line below the other.')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail for everyone')),
                ('phone', models.CharField(blank=True, help_text='Such as 212-555-0100.', max_length=40, verbose_name='phone for everyone')),
                ('press_name', models.CharField(blank=True, help_text='A person, not an office.', max_length=255, verbose_name='press contact')),
                ('press_email', models.EmailField(blank=True, max_length=254, verbose_name='press e-mail')),
                ('press_phone', models.CharField(blank=True, help_text='A number that is answered on deadline.', max_length=40)),
                ('social_links', wagtail.fields.StreamField([('link', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'The name of the service.', 'max_length': 60}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'The address of our account, with https:// in front.', 'max_length': 500, 'validators': [site_core.links.check_web_address]}), 2: ('wagtail.blocks.StructBlock', [[('name', 0), ('url', 1)]], {})})),
                ('footer_text', wagtail.fields.RichTextField(blank=True)),
                ('footer_links', wagtail.fields.StreamField([('page', 0)], blank=True, block_lookup={0: ('site_core.blocks.FooterLinkBlock', (), {})})),
            ],
            options={
                'verbose_name': 'organization',
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('initiative', 'Initiative'), ('strategy', 'Strategy'), ('component', 'Component')], editable=False, max_length=12)),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(blank=True, help_text='The end of its web address, such as “high-point”. Left empty, it is made from the name.', max_length=100, verbose_name='address')),
                ('aliases', models.TextField(blank=True, help_text='One a line, such as “Operation Ceasefire”. Typing one of them in a tag box finds this term.', verbose_name='other names')),
                ('archived', models.BooleanField(default=False, help_text='An archived term stays where it is used and is not offered any more.')),
                ('region', models.CharField(blank=True, help_text='For a place in the United States, such as “NC”.', max_length=60, verbose_name='state or region')),
                ('country', models.CharField(blank=True, help_text='Two letters, such as “US” or “SE”.', max_length=2)),
                ('latitude', models.DecimalField(blank=True, decimal_places=3, help_text='Of the middle of the city, in degrees north, such as 35.956.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('longitude', models.DecimalField(blank=True, decimal_places=3, help_text='In degrees east, so negative in the Americas, such as -80.005.', max_digits=6, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('has_page', models.BooleanField(default=True, help_text='Untick for a place that only holds others, such as a county.', verbose_name='has a page')),
            ],
            options={
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
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
                ('link_url', site_core.links.WebAddressField(blank=True, help_text='With https:// in front.', max_length=500, verbose_name='or to another site')),
                ('link_text', models.CharField(blank=True, help_text='What the link says, such as “Register”.', max_length=60)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('link_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='link to a page of ours')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'alert',
            },
            bases=(site_core.previews.KnownPreviewsMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('publisher', models.CharField(blank=True, help_text='Such as “COPS Office”.', max_length=255)),
                ('year', models.PositiveSmallIntegerField(blank=True, help_text='The year it came out, such as 2016.', null=True)),
                ('pages', models.PositiveSmallIntegerField(blank=True, help_text='How many pages it has.', null=True)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, help_text='Who made it, such as “Photo: Jo Smith”.', max_length=255)),
                ('consent', models.TextField(blank=True, help_text='Who agreed, how and when. Leave empty only if nobody can be recognized.', verbose_name='consent of the people shown')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'image',
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='site_core.siteimage')),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('place', 'Place'), ('initiative', 'Initiative'), ('strategy', 'Strategy'), ('component', 'Component')], max_length=12)),
                ('slug', models.SlugField(max_length=100)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='site_core.term')),
            ],
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
            bases=('site_core.term',),
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
            bases=('site_core.term',),
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
            bases=('site_core.term',),
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
            bases=('site_core.term',),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['expire_at'], name='site_core_a_expire__5dc516_idx'),
        ),
        migrations.AddConstraint(
            model_name='siterendition',
            constraint=models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='unique_rendition_of_an_image'),
        ),
        migrations.AddConstraint(
            model_name='formerslug',
            constraint=models.UniqueConstraint(fields=('kind', 'slug'), name='former_slug_leads_to_one_term'),
        ),
        migrations.AddField(
            model_name='term',
            name='larger_place',
            field=models.ForeignKey(blank=True, help_text='The county or country this place lies in, if it is a place of ours too.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='smaller_places', to='site_core.placeterm'),
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
