"""The network that a request comes from, as the limits count it and the log names it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one household or office has of the IPv6 addresses.
IPV6_PREFIX = 64


def network_of(request: HttpRequest) -> str:
    """An IPv4 address, or the first 64 bits of an IPv6 address. "" if the request has none."""
    try:
        address = ip_address(request.META.get(settings.CLIENT_ADDRESS_HEADER, ""))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((int(address), IPV6_PREFIX), strict=False))
    return str(address)
