"""Ways in which an address can be written so that a browser may leave the site, though it looks as if it would not."""

import re
import socket
from collections.abc import Iterator

from playwright.sync_api import Browser, Request

EVIL = "evil.example"
PLAIN = re.compile(r"/(?![/\\])[A-Za-z0-9/_.~?&=%#-]*")
# Where an application may look for an address to go to: in the query, in a form, or in a header.
NAMES = "next then url to back return return_to returnUrl redirect redirect_to redirect_uri continue dest target r u"
HEADERS = (
    "Referer",
    "X-Forwarded-Host",
    "X-Host",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-Forwarded-Prefix",
    "Forwarded",
)
FOLLOW = """addresses => Promise.all(
  addresses.map(address => fetch(address, {mode: "no-cors", signal: AbortSignal.timeout(5000)}).catch(() => null))
)"""
_BETWEEN = (
    "",
    "\t",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\x00",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x7f",
    "\xa0",
    "\u2028",
    "\ufeff",
    "\u200b",
)
_SLASHES = (
    "//",
    "\\\\",
    "/\\",
    "\\/",
    "///",
    "////",
    "/\\/",
    "\\\\\\",
    "//\\",
    "\uff0f\uff0f",
    "/\uff0f",
    "\u2044\u2044",
    "\u2215/",
)
_SCHEMES = (
    "https:",
    "http:",
    "HTTPS:",
    "https:/",
    "https:\\\\",
    "https:/\\",
    "https:\\/",
    "ht\ttps://",
    "\thttps://",
    "\x01https://",
)
_WHOLE = (
    "//{}/%2e%2e",
    "//{}%2f..",
    "//localhost@{}",
    "//localhost:8311@{}",
    "//localhost%40{}",
    "https://localhost%00.{}",
    "//{}#localhost",
    "//{}?localhost",
    "//{};localhost",
    "/;//{}",
    ";//{}",
    ".{}",
    "@{}",
    ":80@{}",
    "/.//{}",
    "/..//{}",
    "/%2e%2e//{}",
    "/./\\{}",
    "/%5c{}",
    "/%2f{}",
    "%2f%2f{}",
    "%5c%5c{}",
    "%252f%252f{}",
    "/%255c{}",
    "/%09/{}",
    "/%0a/{}",
    "/%0d/{}",
    "/%0d%0aLocation:%20https://{}",
    "\r\nLocation: https://{}",
    "%0d%0aLocation:%20https://{}",
    "/%0b/{}",
    "/%20/{}",
    "/%00/{}",
    "/%e3%80%82{}",
    "//evil\u3002example",
    "//evil\uff0eexample",
    "//evil\uff61example",
    "//\uff45vil.example",
    "//\u24d4vil.example",
    "//[::ffff:127.0.0.2]",
    "//2130706434",
    "//0x7f000002",
    "//127.2",
    "javascript:location='//{}'",
    "java\tscript:location='//{}'",
    "data:text/html,<script>location='//{}'</script>",
    "view-source:https://{}",
    "ftp://{}",
    "//{}:443",
    "//{}.",
    "//user:word@{}/",
)


def forms() -> list[str]:
    """List them all, each once."""
    return list(dict.fromkeys(_forms()))


def _forms() -> Iterator[str]:
    for sign in _BETWEEN:
        yield f"/{sign}/{EVIL}"
        yield f"{sign}//{EVIL}"
    yield from (f"{slashes}{EVIL}" for slashes in _SLASHES)
    yield from (f"{scheme}{EVIL}" for scheme in _SCHEMES)
    yield from (whole.replace("{}", EVIL) for whole in _WHOLE)


def raw(site: str, target: str, *, host: str = "") -> tuple[int, str]:
    """Ask a server for exactly these bytes, which no client library would send; answer its status and Location."""
    name, port = site.removeprefix("http://").split(":")
    words = f"GET {target} HTTP/1.1\r\nHost: {host or f'{name}:{port}'}\r\nConnection: close\r\n\r\n"
    with socket.create_connection((name, int(port)), timeout=30) as line:
        line.sendall(words.encode("utf-8", "surrogateescape"))
        head = b""
        while b"\r\n\r\n" not in head and (more := line.recv(65536)):
            head += more
    first, *headers = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    found = [value.strip() for name, _, value in (header.partition(":") for header in headers) if name == "Location"]
    return int(first.split()[1]), found[0] if found else ""


def is_plain(location: str, site: str) -> bool:
    """Answer whether no browser could read this as an address outside the site."""
    return bool(PLAIN.fullmatch(location.removeprefix(site)))


class Watch:
    """A real browser at a page of the site, which tells when it is led anywhere else."""

    def __init__(self, browser: Browser, site: str) -> None:
        # Our own content policy would keep it from leaving; this is to hold without.
        self.context = browser.new_context(bypass_csp=True)
        self.site, self.left = site, list[tuple[str, str]]()
        self.page = self.context.new_page()
        self.page.goto(f"{site}/accessibility")
        self.page.on("request", self._look)

    def _look(self, asked: Request) -> None:
        first = asked
        while first.redirected_from is not None:
            first = first.redirected_from
        if not asked.url.startswith((f"{self.site}/", "data:")):
            self.left.append((first.url, asked.url))

    def follow(self, addresses: list[str]) -> list[tuple[str, str]]:
        """Go wherever these lead; answer which of them led outside the site, and where to."""
        self.left = []
        for at in range(0, len(addresses), 50):
            self.page.evaluate(FOLLOW, addresses[at : at + 50])
        return self.left
