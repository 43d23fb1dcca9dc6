"""One factory for each model. What they make up is obviously made up.

Whatever has drafts comes live, as an editor would publish it; `draft=True` leaves it unpublished and `scheduled=True`
gives it a go-live time a day ahead (or the `go_live_at` given).
"""

from tests.factories.drawn import drawn_picture
from tests.factories.pages import (
    HomePageFactory,
    ImpactPageFactory,
    NewsIndexPageFactory,
    NewsItemPageFactory,
    PlaceIndexPageFactory,
    SiteTree,
    StrategyIndexPageFactory,
    StrategyPageFactory,
    TextPageFactory,
    site_tree,
)
from tests.factories.plain import (
    PASSWORD,
    TERM_FACTORIES,
    ComponentTermFactory,
    InitiativeTermFactory,
    PlaceTermFactory,
    PublisherFactory,
    SearchPromotionFactory,
    SiteDocumentFactory,
    SiteImageFactory,
    StrategyTermFactory,
    StudyFactory,
    UserFactory,
    WithdrawnAddressFactory,
)
from tests.factories.snippets import AlertFactory, EvidenceFactory, ImpactStatFactory, RatingFactory

__all__ = [
    "PASSWORD",
    "TERM_FACTORIES",
    "AlertFactory",
    "ComponentTermFactory",
    "EvidenceFactory",
    "HomePageFactory",
    "ImpactPageFactory",
    "ImpactStatFactory",
    "InitiativeTermFactory",
    "NewsIndexPageFactory",
    "NewsItemPageFactory",
    "PlaceIndexPageFactory",
    "PlaceTermFactory",
    "PublisherFactory",
    "RatingFactory",
    "SearchPromotionFactory",
    "SiteDocumentFactory",
    "SiteImageFactory",
    "SiteTree",
    "StrategyIndexPageFactory",
    "StrategyPageFactory",
    "StrategyTermFactory",
    "StudyFactory",
    "TextPageFactory",
    "UserFactory",
    "WithdrawnAddressFactory",
    "drawn_picture",
    "site_tree",
]
