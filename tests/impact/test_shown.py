"""Stats are read once per generation, and drafts are never mixed up with public stats."""

import pytest
from django.test import Client

from impact.models import ImpactStat
from impact.shown import stats_on_record
from impact.templatetags.stats import cached_stat
from tests import factories
from tests.committed import counted_as_committed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def stat() -> ImpactStat:
    made: ImpactStat = factories.ImpactStatFactory(outcome="what was measured", place=factories.PlaceTermFactory())
    return made


def test_a_stat_is_written_once_and_anew_after_a_change(stat: ImpactStat) -> None:
    with counted_as_committed():
        (shown,) = stats_on_record()
        assert cached_stat(shown) is cached_stat(shown)
        assert "what was measured" in cached_stat(shown)
    stat.outcome = "what was measured since"
    stat.save_revision().publish()
    with counted_as_committed():
        (shown,) = stats_on_record()
        assert "what was measured since" in cached_stat(shown)


def test_a_draft_of_a_stat_is_shown_as_it_is_and_leaves_no_trace(client: Client, stat: ImpactStat) -> None:
    draft = ImpactStat.objects.get(pk=stat.pk)
    draft.outcome = "what nobody published"
    with counted_as_committed():
        (shown,) = stats_on_record()
        assert "what was measured" in cached_stat(shown)
        assert "what nobody published" in cached_stat(draft)
        assert b"what nobody published" in draft.make_preview_request(preview_mode="").content
        assert "what nobody published" not in cached_stat(shown)
        assert stat.place
        page = client.get(f"/places/{stat.place.slug}/").content.decode()
    assert "what was measured" in page
    assert "what nobody published" not in page


def test_a_stat_that_is_taken_down_meanwhile_is_still_whole_on_the_page_that_began_before(stat: ImpactStat) -> None:
    with counted_as_committed():
        (shown,) = stats_on_record()
    stat.unpublish()
    with counted_as_committed():
        assert stats_on_record() == ()
        assert "what was measured" in cached_stat(shown)
