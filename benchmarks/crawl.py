"""Saves what visitors get at every URL of a running site, or compares two such folders.

`python -m benchmarks.crawl URL FOLDER` saves. `python -m benchmarks.crawl --compare BEFORE AFTER` prints what differs
and exits with 1 if anything does. Digests in the names of static files are left out of the comparison, because their
content is compared itself.
"""

import difflib
import re
import sys
import urllib.error
import urllib.request
from collections import deque
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

# What no page links to.
UNLINKED = (
    *("/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/no-such-page/", "/search/", "/search/?q=oakland"),
    *(
        "/search/?q=nothing+has+this",
        "/news/?q=nothing+has+this",
        "/news/?place=oakland&type=opinion",
        "/news/?page=2",
    ),
)
_LINK = re.compile(rb"""(?:href|src)=["']([^"'#]+)|<loc>([^<]+)</loc>|url\(["']?([^"')]+)""")
_DIGEST = re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{12}(\.\w+)")
# More than one of each kind, and fewer than all combinations of filters.
MOST_QUERIES = 400
SHOWN = 12


def fetch(url: str) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"User-Agent": "nnsc-crawl"})  # noqa: S310 (the site given)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def links_in(body: bytes, url: str, root: str) -> list[str]:
    """The links of a body that stay on the site and out of the admin, without fragments."""
    found = []
    for match in _LINK.finditer(body):
        raw = next(part for part in match.groups() if part).decode(errors="replace").replace("&amp;", "&")
        target = urljoin(url, raw)
        if target.startswith(root) and not target.startswith(f"{root}/admin"):
            found.append(target.removeprefix(root))
    return found


def save(root: str, folder: Path) -> None:
    """Walk the site breadth first. The status is the first line of each file."""
    folder.mkdir(parents=True)
    waiting, known, queries = deque(["/", *UNLINKED]), {"/", *UNLINKED}, 0
    while waiting:
        path = waiting.popleft()
        status, body = fetch(root + path)
        name = _DIGEST.sub(r"\1\2", path)
        (folder / quote(name, safe="")).write_bytes(f"{status}\n".encode() + body)
        for link in links_in(body, root + path, root):
            if link in known or ("?" in link and queries >= MOST_QUERIES):
                continue
            queries += "?" in link
            known.add(link)
            waiting.append(link)
    print(f"{len(known)} URLs saved in {folder}")


def text_of(file: Path) -> list[str]:
    return _DIGEST.sub(r"\1\2", file.read_bytes().decode("latin-1")).splitlines()


def compare(before: Path, after: Path) -> int:
    names = {folder: {file.name for file in folder.iterdir()} for folder in (before, after)}
    for folder, other in ((before, after), (after, before)):
        for name in sorted(names[folder] - names[other]):
            print(f"only in {folder.name}: {unquote(name)}")
    both = sorted(names[before] & names[after])
    different = [name for name in both if text_of(before / name) != text_of(after / name)]
    for name in different:
        print(f"differs: {unquote(name)}")
        changes = difflib.unified_diff(text_of(before / name), text_of(after / name), lineterm="", n=0)
        for line in [line for line in changes if not line.startswith(("---", "+++", "@@"))][:SHOWN]:
            print(f"    {line[:200]}")
    print(f"{len(both) - len(different)} of {len(both)} URLs are equal")
    return int(bool(different) or names[before] != names[after])


def main(arguments: list[str]) -> int:
    if len(arguments) == 3 and arguments[0] == "--compare":
        return compare(Path(arguments[1]), Path(arguments[2]))
    if len(arguments) == 2:
        parts = urlsplit(arguments[0])
        save(f"{parts.scheme}://{parts.netloc}", Path(arguments[1]))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
