"""Each URL that Wagtail or Django makes of a name leads to the view of that name, not to one before it."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.contracts.test_overrides import SHADOWED

# One of these fits each part of a URL.
EXAMPLES = ("1", "example", "example/", "live", "Example.pdf")


def named(patterns: list[Any], namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, (*namespaces, one.namespace) if one.namespace else namespaces)
        elif one.name:
            yield ":".join((*namespaces, one.name)), one


def url_of(name: str, pattern: URLPattern) -> str:
    """An example of the URL that is made of the name."""
    parts, unnamed = list(pattern.pattern.regex.groupindex), pattern.pattern.regex.groups
    for values in product(EXAMPLES, repeat=len(parts) or unnamed):
        try:
            return reverse(name, kwargs=dict(zip(parts, values, strict=True))) if parts else reverse(name, args=values)
        except NoReverseMatch:
            continue
    raise LookupError(f"No example fits the parts of {name}.")


def test_each_named_url_leads_to_its_own_view() -> None:
    found = list(named(get_resolver().url_patterns))
    elsewhere = {name for name, pattern in found if resolve(url_of(name, pattern)).func is not pattern.callback}
    assert elsewhere == SHADOWED.keys() - {"wagtail_serve"}
    assert len(found) > 300
