"""Where each template is shown with the content that the site comes with."""

PAGES = {
    "home": "/",
    "strategy": "/strategies/group-violence-intervention/",
    "partner-violence": "/strategies/intimate-partner-violence-intervention/",
    "news-list": "/news/",
    "news-item": "/news/taking-aim-at-gun-violence-with-personal-deterrence/",
    "impact": "/impact/",
    "figure": "/impact/high-point-drug-offenses/",
    "places": "/places/",
    "place": "/places/pittsburgh/",
    "text": "/method/",
    "press": "/press/",
    "search": "/search/?q=ceasefire",
    "not-found": "/no-such-page/",
}
