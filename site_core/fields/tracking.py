"""The query keys that newsletters, advertisements and social networks add to a link to see who follows it.

No page reads them, so a link means the same without them.
"""

TRACKING_KEYS = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "msclkid", "twclid", "ttclid"),
        *("igshid", "igsh", "li_fat_id", "yclid", "mc_cid", "mc_eid", "mkt_tok", "vero_id", "oly_anon_id"),
        *("oly_enc_id", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "s_cid", "cmpid", "ref_src"),
        # Matomo's keys are listed one by one: another site may well have a key of its own that begins with "pk_".
        *("pk_campaign", "pk_cid", "pk_content", "pk_keyword", "pk_kwd", "pk_medium", "pk_source"),
    }
)
TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_")


def is_tracking_key(key: str) -> bool:
    key = key.lower()
    return key in TRACKING_KEYS or key.startswith(TRACKING_PREFIXES)
