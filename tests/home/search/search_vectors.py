"""Typed words, and what the search makes of them on the site with the organization's own content.

The same on SQLite and PostgreSQL.
"""

# Words of English, many of them close to a name: never corrected, and no correction is offered.
PLAIN_WORDS = (
    *("evidence", "training", "cost", "join", "shot", "son", "street", "money", "help", "school"),
    *("church", "hospital", "prison", "parole", "arrest", "jail", "gang", "drugs", "opioid", "youth"),
    *("family", "count", "country", "policy", "polite", "marked", "notional", "rational", "rowell", "jutland"),
    *("luster", "stakes", "impart", "contract", "primacy", "chef", "thief", "violets", "customs", "parolees"),
)
# Misspelled names, and what they are corrected to.
TYPOS = {
    "Oaklnd": "Oakland",
    "Okland": "Oakland",
    "Bostn": "Boston",
    "Bostonn": "Boston",
    "Chigaco": "Chicago",
    "Chcago": "Chicago",
    "Cincinatti": "Cincinnati",
    "Cincinnatti": "Cincinnati",
    "Detriot": "Detroit",
    "Detroyt": "Detroit",
    "Higt Point": "High Point",
    "Hihg Point": "High Point",
    "Kingson": "Kingston",
    "kingstn": "Kingston",
    "Lowwell": "Lowell",
    "nashvile": "Nashville",
    "Nashviile": "Nashville",
    "New Orleens": "New Orleans",
    "Newbrugh": "Newburgh",
    "pitsburgh": "Pittsburgh",
    "Rutlnd": "Rutland",
    "Rutlandd": "Rutland",
    "Grup Violence Intervention": "Group Violence Intervention",
    "group violense": "group violence",
    "intimate partnr violence": "intimate partner violence",
    "Custm Notifications": "Custom Notifications",
    "custom notificatons": "custom notifications",
    "Suport and Outreach": "Support and Outreach",
    "outreech": "outreach",
    "cesefire": "ceasefire",
    "Ceasfire": "Ceasefire",
    "Operaton Ceasefire": "Operation Ceasefire",
    "Daily Freemann": "Daily Freeman",
    "dayly freeman": "Daily freeman",
    "New York Timse": "New York Times",
    "Pitsburgh Post-Gazete": "Pittsburgh Post-Gazette",
    "Police Cheif": "Police Chief",
    "National Initative": "National Initiative",
    "community trst": "community trust",
    "NNSC Internationl": "NNSC International",
}
# Questions, and the words that carry their meaning.
QUESTIONS = {
    "what happens at a call-in": "call-in",
    "how do I get help": "help",
    "what is GVI": "GVI",
    "How does GVI work?": "GVI",
    "what is group violence intervention": "group violence intervention",
    "which cities use it": "cities",
    "what about Oakland": "Oakland",
    "who do I call": "call",
    "where is the evidence": "evidence",
    "is there any proof": "proof",
    "how are figures checked": "figures checked",
    "is there a guide": "guide",
    "what is IPVI?": "IPVI",
    "how does drug market intervention work": "drug market intervention",
    "what happened in Pittsburgh": "Pittsburgh",
    "what is a custom notification": "custom notification",
    "what do the police do": "police",
    "what is Ceasefire?": "Ceasefire",
    "when did High Point start": "High Point",
    "what does domestic abuse mean": "domestic abuse",
}

GVI = "Group Violence Intervention"
IPVI = "Intimate Partner Violence Intervention"
DMI = "Drug Market Intervention"
NATIONAL_INITIATIVE = "National Initiative for Building Community Trust and Justice"
BOSTON_GANGS = "36.4% reduction in gang-involved shootings, Boston"
CHICAGO_SHOOTINGS = "23% reduction in overall shooting behavior, Chicago"
CHICAGO_VICTIMS = "32% reduction in victimization, Chicago"
HIGH_POINT = "44–56% reduction in drug offenses, High Point"
LOWELL = "44% reduction in gun assaults, Lowell"
NASHVILLE = "55% reduction in drug offenses, Nashville"
NEW_ORLEANS = "32% decrease in group member-involved homicides, New Orleans"
CINCINNATI = "41% reduction in group member-involved homicide, Cincinnati"
TAKING_AIM = "Taking Aim at Gun Violence, With Personal Deterrence"
DAILY_FREEMAN = "Ulster County launches first-in-NY effort to reduce domestic violence by intimate partners"
USA_TODAY = "Domestic abusers: Dangerous for women — and lethal for cops"
PITTSBURGH = "Pittsburgh gun violence drops to 12-year low; mayor credits police anti-gang efforts"
CASE_STUDY = "Case Study: Using DMI to Combat Covert Opioid Markets"
STUDIES_CENTRE = "Violent Crime in the United States: Focus, Prevention and Legitimacy"

METHOD = "How figures are checked"

# Other words for what a page calls by its own name, and that page.
SYNONYMS = {
    **dict.fromkeys(("gun violence", "shootings", "gang violence", "GVRS", "VRS", "Operation Ceasefire"), GVI),
    **dict.fromkeys(("Domestic violence", "domestic abuse", "partner violence", "IPVI"), IPVI),
    **dict.fromkeys(("drug dealing", "drug markets", "DMI"), DMI),
    **dict.fromkeys(("evidence", "Proof"), METHOD),
    **dict.fromkeys(("start", "Get started", "join"), "Start here"),
    "help": "For families",
    **dict.fromkeys(("statistics", "results"), "Impact"),
    "reporters": "Press",
    "about us": "About",
    "NYT": TAKING_AIM,
}
# Other typed words, and the first result.
VECTORS = [
    # Abbreviations and other names
    ("GVI", GVI),
    ("gvrs", GVI),
    ("ceasefire", GVI),
    ("Operation Ceasefire", GVI),
    ("IPVI", IPVI),
    ("dmi", DMI),
    # Names, whole and in part
    ("drug market intervention", DMI),
    ("intimat", IPVI),
    ("group viol", GVI),
    ("community trust", NATIONAL_INITIATIVE),
    ("outreach", "Support and Outreach"),
    ("high poi", "High Point"),
    ("press", "Press"),
    ("about", "About"),
    ("news", "News"),
    # Misspelled
    ("intimate partnr", IPVI),
    ("Oaklnd", "Oakland"),
    ("pitsburgh", "Pittsburgh"),
    ("Kingson", "Kingston"),
    ("Chigaco", "Chicago"),
    ("Cincinatti", "Cincinnati"),
    ("nashvile", "Nashville"),
    ("violense", GVI),
    ("custom notificatons", "Custom Notifications"),
    ("opiod", CASE_STUDY),
    ("deterrance", TAKING_AIM),
    # Cities
    ("Rutland", "Rutland"),
    ("new orleans", "New Orleans"),
    # Figures
    ("36.4", BOSTON_GANGS),
    ("36.4%", BOSTON_GANGS),
    ("44-56", HIGH_POINT),
    ("gun assaults Lowell", LOWELL),
    ("drug offenses Nashville", NASHVILLE),
    ("homicide Cincinnati", CINCINNATI),
    ("crackdowns", BOSTON_GANGS),
    ("NCJ 247632", HIGH_POINT),
    # Not all words are in one text
    ("gang homicide Lowell", "Lowell"),
    ("murders in New Orleans", "New Orleans"),
    # Publishers
    ("Daily Freeman", DAILY_FREEMAN),
    ("USA TODAY", USA_TODAY),
    ("Police Chief", CASE_STUDY),
    ("post-gazette", PITTSBURGH),
    # Forms of a word
    ("overall shooting", CHICAGO_SHOOTINGS),
    ("overall shootings", CHICAGO_SHOOTINGS),
    ("victimizations", CHICAGO_VICTIMS),
    ("opioids", CASE_STUDY),
    ("Pittsburgh's gun violence", PITTSBURGH),
    ("women cops", USA_TODAY),
    ("violent crimes", STUDIES_CENTRE),
]
