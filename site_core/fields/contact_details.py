"""Finds email addresses and phone numbers in what visitors type, so that the site stores none."""

import re

# Seven digits or more, with little between them.
_DIGITS = re.compile(r"\d(?:\D{0,3}\d){6,}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def may_hold_contact_details(text: str) -> bool:
    """Whether a text may have an email address or a phone number in it. Years alone, as in “2012–2014”, are none."""
    return "@" in text or any(
        not all(_YEAR.fullmatch(number) for number in re.findall(r"\d+", digits)) for digits in _DIGITS.findall(text)
    )
