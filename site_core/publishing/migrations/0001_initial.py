import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('editors_need_another', models.BooleanField(default=True, verbose_name="an Editor's own last edit needs someone else's approval")),
                ('managing_editors_need_another', models.BooleanField(default=False, help_text='If no one else is available, a Managing editor can still approve alone. The history records it.', verbose_name="a Managing editor's own last edit needs someone else's approval")),
            ],
            options={
                'verbose_name': 'approval rules',
            },
        ),
        migrations.CreateModel(
            name='RunnerLease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed_url', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FailedEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.PositiveSmallIntegerField(choices=[(0, 'go-live'), (1, 'expiry'), (2, 'overdue')])),
                ('model_label', models.CharField(max_length=100)),
                ('object_pk', models.BigIntegerField(help_text='The pk of the revision that was to go live, or of the object.')),
                ('title', models.TextField()),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=1)),
                ('last_tried_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField()),
                ('reason', models.TextField(help_text='The reason, as a sentence for an editor.')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('change', 'model_label', 'object_pk'), name='one_failure_of_an_event')],
            },
        ),
        migrations.CreateModel(
            name='MailPreferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('failures', models.BooleanField(default=True, verbose_name='a scheduled go-live fails')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('model_label', models.CharField(help_text='Such as “news.NewsItemPage”.', max_length=100)),
                ('object_id', models.CharField(max_length=255)),
                ('title', models.TextField()),
                ('path', models.TextField(blank=True, help_text='The path of its public page, empty if it has none.')),
                ('is_public', models.BooleanField(help_text='Whether the public could see it from then on.')),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='What was public, as a revision holds it; null if nothing was.', null=True)),
                ('references', models.JSONField(default=list, help_text='What the content refers to: the model, pk and name of each object.')),
                ('revision_id', models.BigIntegerField(help_text='The revision that was published, if there was one.', null=True)),
                ('cause', models.CharField(choices=[('published', 'published by hand'), ('scheduled', 'went live by its schedule'), ('expired', 'expired by its schedule'), ('overdue', 'its check fell due'), ('unpublished', 'taken down'), ('undone', 'put back by undo'), ('deleted', 'deleted'), ('moved', 'moved to another place'), ('restricted', 'who may see it was changed'), ('edited', 'edited'), ('found', 'was public when the ledger was opened'), ('compared', 'found by comparing the ledger with the site')], max_length=20)),
                ('by', models.CharField(blank=True, help_text="The user's name, empty if a program did it.", max_length=255)),
                ('user_id', models.BigIntegerField(help_text='The pk of that user.', null=True)),
                ('note', models.CharField(default='', help_text='The change note for readers, empty for none.', max_length=300)),
            ],
            options={
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['model_label', 'object_id', 'at'], name='publication_of_object'), models.Index(fields=['revision_id'], name='publication_revision')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(help_text='When the change was scheduled for; null if made by hand.', null=True)),
                ('seen_at', models.DateTimeField(help_text='When the public page was first found to be right.', null=True)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('first_look_at', models.DateTimeField(null=True)),
                ('next_look_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, help_text='Null once verification has ended.', null=True)),
                ('problem', models.TextField(blank=True, help_text='What was wrong at the last try, as a sentence for an editor.')),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='publishing.publication')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='TrashedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parent_pk', models.BigIntegerField(help_text='The pk of its former parent.')),
                ('next_sibling_pk', models.BigIntegerField(help_text='The pk of its former next sibling, null if none.', null=True)),
                ('slug', models.CharField(help_text='Its former slug.', max_length=255)),
                ('were_live', models.JSONField(default=list, help_text='The pk and the live revision of each page that was live.')),
                ('schedules', models.JSONField(default=dict, help_text='The go-live of each suspended revision, by the pk of that.')),
                ('deleted_at', models.DateTimeField()),
                ('deleted_by', models.CharField(max_length=255)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='in_trash', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
