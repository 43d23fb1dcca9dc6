"""What was loaded by an earlier version of the site is still known as untouched."""

from home.content_loader.digests import object_digest
from site_core.taxonomy.models import StrategyTerm

# What the first version, which had no field for partner violence, wrote down for this term.
FIRST_DIGEST = "ef3288b661865f6e0a846d31429ee66d917b8431dd3db0d58c2295b2f4383f59"


def term(**fields: bool) -> StrategyTerm:
    return StrategyTerm(name="Example", slug="example", aliases="Another name", **fields)


def test_a_field_added_since_makes_no_difference_until_somebody_uses_it() -> None:
    assert object_digest(term()) == FIRST_DIGEST
    assert object_digest(term(concerns_partner_violence=True)) != FIRST_DIGEST
