"""Saves what visitors get at every URL of a running site, or compares two such folders.

`python -m benchmarks.crawl URL FOLDER` saves. `python -m benchmarks.crawl --compare BEFORE AFTER` prints what differs
and exits with 1 if anything does. Digests in the names of static files are left out of the comparison, because their
content is compared itself, and so are folders of static files, the port, times of loading and signatures.
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
# What differs between two first starts of one version: digests in names, where it runs, the time, and its key.
_NORMALIZED = (
    (re.compile(r"/static/(?:[\w-]+/)*([\w-]+)(?:\.[0-9a-f]{12})?(\.\w+)"), r"/static/\1\2"),
    (re.compile(r"card-[0-9a-f]{16}"), "card"),
    (re.compile(r'(name="page" value="/[^":]*):[\w-]{43}"'), r'\1:SIGNATURE"'),
    (re.compile(r"http://localhost:\d+"), "http://localhost"),
    (re.compile(r"urn:uuid:[0-9a-f-]{36}"), "urn:uuid"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"), "TIME"),
    (re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d"), "TIME"),
)
# More than one of each kind, and fewer than all combinations of filters.
MOST_QUERIES = 400
SHOWN = 12


def normalized(text: str) -> str:
    for pattern, replacement in _NORMALIZED:
        text = pattern.sub(replacement, text)
    return text


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
        (folder / quote(path, safe="")).write_bytes(f"{status}\n".encode() + body)
        for link in links_in(body, root + path, root):
            if link in known or ("?" in link and queries >= MOST_QUERIES):
                continue
            queries += "?" in link
            known.add(link)
            waiting.append(link)
    print(f"{len(known)} URLs saved in {folder}")


def text_of(file: Path) -> list[str]:
    return normalized(file.read_bytes().decode("latin-1")).splitlines()


def compare(before: Path, after: Path) -> int:
    files = {folder: {normalized(unquote(file.name)): file for file in folder.iterdir()} for folder in (before, after)}
    for folder, other in ((before, after), (after, before)):
        for name in sorted(files[folder].keys() - files[other].keys()):
            print(f"only in {folder.name}: {name}")
    both = sorted(files[before].keys() & files[after].keys())
    different = [name for name in both if text_of(files[before][name]) != text_of(files[after][name])]
    for name in different:
        print(f"differs: {name}")
        changes = difflib.unified_diff(text_of(files[before][name]), text_of(files[after][name]), lineterm="", n=0)
        for line in [line for line in changes if not line.startswith(("---", "+++", "@@"))][:SHOWN]:
            print(f"    {line[:200]}")
    print(f"{len(both) - len(different)} of {len(both)} URLs are equal")
    return int(bool(different) or files[before].keys() != files[after].keys())


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
