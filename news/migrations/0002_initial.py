import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
import site_core.taxonomy.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('news', '0001_initial'),
        ('site_core', '0002_content'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsitemcomponent',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='component_news_ties', to='site_core.componentterm'),
        ),
        migrations.AddField(
            model_name='newsiteminitiative',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiative_news_ties', to='site_core.initiativeterm'),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='components',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name, or another name it goes by, and press the comma key.', through='news.NewsItemComponent', to='site_core.ComponentTerm', verbose_name='components'),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='initiatives',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name, or another name it goes by, and press the comma key.', through='news.NewsItemInitiative', to='site_core.InitiativeTerm', verbose_name='initiatives'),
        ),
        migrations.AddField(
            model_name='newsiteminitiative',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiative_ties', to='news.newsitempage'),
        ),
        migrations.AddField(
            model_name='newsitemcomponent',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='component_ties', to='news.newsitempage'),
        ),
        migrations.AddField(
            model_name='newsitemplace',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='place_ties', to='news.newsitempage'),
        ),
        migrations.AddField(
            model_name='newsitemplace',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='place_news_ties', to='site_core.placeterm'),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='places',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name, or another name it goes by, and press the comma key.', through='news.NewsItemPlace', to='site_core.PlaceTerm', verbose_name='places'),
        ),
        migrations.AddField(
            model_name='newsitemstrategy',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_ties', to='news.newsitempage'),
        ),
        migrations.AddField(
            model_name='newsitemstrategy',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategy_news_ties', to='site_core.strategyterm'),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='strategies',
            field=site_core.taxonomy.fields.TermClusterManager(blank=True, help_text='Type a name, or another name it goes by, and press the comma key.', through='news.NewsItemStrategy', to='site_core.StrategyTerm', verbose_name='strategies'),
        ),
        migrations.AddConstraint(
            model_name='publisher',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='publisher_name_unique_without_case'),
        ),
        migrations.AddField(
            model_name='newsitempage',
            name='publisher',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='items', to='news.publisher'),
        ),
    ]
