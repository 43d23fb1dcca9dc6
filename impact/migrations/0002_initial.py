import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('impact', '0001_initial'),
        ('site_core', '0002_content'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='impactstat',
            name='locked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by'),
        ),
        migrations.AddField(
            model_name='impactstat',
            name='owner',
            field=models.ForeignKey(blank=True, help_text='Who answers for this figure.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='impactstat',
            name='place',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stats_there', to='site_core.placeterm'),
        ),
        migrations.AddField(
            model_name='impactstat',
            name='strategy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stats_of_it', to='site_core.strategyterm'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='stat',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='impact.impactstat'),
        ),
        migrations.AddField(
            model_name='rating',
            name='stat',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='impact.impactstat'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='study',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='impact.study'),
        ),
        migrations.AddIndex(
            model_name='impactstat',
            index=models.Index(fields=['expire_at'], name='impact_impa_expire__c53130_idx'),
        ),
    ]
