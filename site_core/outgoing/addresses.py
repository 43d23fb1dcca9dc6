"""Which IP addresses are on the public internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# What is handed out on the internet. Everything else in IPv6 is local, reserved, or holds an IPv4 address.
_UNICAST = IPv6Network("2000::/3")
# The last 32 bits are an IPv4 address: its old compatible form, and NAT64, by which some networks reach all of IPv4.
_HOLDS_IPV4 = (IPv6Network("::/96"), IPv6Network("64:ff9b::/96"))
# Interface IDs of ISATAP, which end with an IPv4 address.
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def is_public(address: str) -> bool:
    """Whether an address, and the IPv4 address that it may hold, is on the public internet."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_ipv4(found)
    held = found.ipv4_mapped or _held_in_its_end(found)
    if held:
        return _is_public_ipv4(held)
    # 6to4 is retired (RFC 7526). Whether such an address is global is another question in each version of Python.
    if found not in _UNICAST or found.sixtofour or not found.is_global:
        return False
    return all(_is_public_ipv4(each) for each in _tunneled(found))


def _is_public_ipv4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _held_in_its_end(address: IPv6Address) -> IPv4Address | None:
    is_held = any(address in network for network in _HOLDS_IPV4)
    return IPv4Address(int(address) & 0xFFFF_FFFF) if is_held else None


def _tunneled(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that the traffic to a public IPv6 address is sent to."""
    found = list(address.teredo or ())
    if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        found.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    return found
