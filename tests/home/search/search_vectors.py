"""Typed words, and the first result for them on the site with the organization's own content.

The same on SQLite and PostgreSQL.
"""

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

# Typed words, and the first result.
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
