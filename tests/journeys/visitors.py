"""People at their own browsers: what they do, and what they have read so far."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, Page, expect

PATIENCE = 20_000
PHONE = {"viewport": {"width": 320, "height": 568}, "java_script_enabled": False}
DESK = {"viewport": {"width": 1280, "height": 720}}


@dataclass
class Visitor:
    """Somebody who reads pages, follows links, fills in forms and presses buttons; nothing else."""

    alias: str
    page: Page
    mailbox: Path
    read: list[str] = field(default_factory=list)
    """The source of every page this visitor has been shown."""
    letters: set[Path] = field(default_factory=set)
    """The letters that were there before this visitor asked for a code."""

    @property
    def address(self) -> str:
        """Answer this visitor's e-mail address."""
        return f"{self.alias.lower()}@example.org"

    # --- Going about.

    def go(self, address: str) -> None:
        """Type an address."""
        self._came(self.page.goto(address))

    def follow(self, name: str, *, within: str = "body") -> None:
        """Follow the first link of this name."""
        self._click(self.page.locator(within).get_by_role("link", name=_exactly(name)).first)

    def follow_like(self, start: str) -> None:
        """Follow the first link whose name begins like this."""
        self._click(self.page.get_by_role("link", name=re.compile(f"^{re.escape(start)}")).first)

    def way(self, name: str) -> None:
        """Go somewhere by the way round that every staff page shows, behind “Menu” where there is little room."""
        wide = self.page.locator(".header__wide").get_by_role("link", name=name, exact=True)
        if not wide.is_visible():
            self.page.locator("summary", has_text="Menu").click()
            wide = self.page.locator("details.menu").get_by_role("link", name=name, exact=True)
        self._click(wide)

    def press(self, name: str) -> None:
        """Press the first button of this name."""
        self._click(self.page.get_by_role("button", name=_exactly(name)).first)

    def open(self, summary: str) -> None:
        """Unfold what is folded."""
        self.page.locator("summary", has_text=summary).click()

    # --- Filling in.

    def fill(self, **typed: str) -> None:
        """Type into the fields of these names."""
        for name, words in typed.items():
            self.page.locator(f"[name={name}]:not([type=hidden])").fill(words)

    def pick(self, label: str, option: str) -> None:
        """Choose one of a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def choose(self, group: str, answer: str) -> None:
        """Choose one of the round buttons under a question."""
        asked = self.page.get_by_role("group", name=group)
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(answer)}")).check()

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}")).check()

    # --- Reading.

    def sees(self, *words: str) -> None:
        """Read these words on the page, wait for them if need be."""
        for some in words:
            expect(self.page.locator("body")).to_contain_text(some, timeout=PATIENCE)

    def does_not_see(self, *words: str) -> None:
        """Look for these words in vain."""
        for some in words:
            expect(self.page.locator("body")).not_to_contain_text(some)

    @property
    def heading(self) -> str:
        """Answer the heading of this page."""
        return self.page.locator("h1").inner_text()

    def links(self, within: str = "main") -> list[str]:
        """List where the links of this page go, each once."""
        found = self.page.locator(f"{within} a[href]")
        addresses = [found.nth(at).get_attribute("href") or "" for at in range(found.count())]
        return sorted({address for address in addresses if not address.startswith("#")})

    def status_of(self, address: str) -> int:
        """Fetch a page with this visitor's cookies, and answer its status."""
        return self.page.context.request.get(address).status

    # --- Coming in.

    def asks_for_a_code(self) -> None:
        """Type the e-mail address."""
        self.letters = set(self.mailbox.glob("*"))
        self.go("/sign-in")
        self.fill(contact=self.address)
        self.press("Go on")
        self.sees("If we know you, a code is on its way.")

    def types_the_code(self) -> None:
        """Wait for the code that was asked for, and type it."""
        self.fill(code=self._code_in_a_new_letter())
        self.press("Open")

    def sets_up_an_authenticator(self) -> list[str]:
        """Do the second step for the first time, and write down the recovery codes."""
        self.sees("Set up your authenticator")
        letters = self.page.locator("main code").inner_text().replace(" ", "")
        self.fill(code=pyotp.TOTP(letters).now())
        self.press("Sign in")
        self.sees("Keep these recovery codes")
        codes = self.page.locator("main li code").all_inner_texts()
        self.follow("I have kept them")
        return codes

    def _code_in_a_new_letter(self) -> str:
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline:
            for letter in set(self.mailbox.glob("*")) - self.letters:
                words = letter.read_text()
                found = re.search(r"Your code is (\d{6})\n", words)
                if f"To: {self.address}" in words and found:
                    return found[1]
            time.sleep(0.1)
        raise AssertionError(f"No code came for {self.alias}.")

    def _click(self, what: Locator) -> None:
        with self.page.expect_navigation() as coming:
            what.click()
        self._came(coming.value)

    def _came(self, answer: Any) -> None:
        self.page.evaluate("document.fonts.ready.then(() => true)")
        text = self.page.content()
        self.read.append(text)
        assert answer is None or answer.status == 200, (
            f"{answer.status} at {answer.url} for {self.alias}:\n{self._said()}"
        )

    def _said(self) -> str:
        return self.page.locator("body").inner_text()


def _exactly(name: str) -> re.Pattern[str]:
    """Find this name, whatever space stands before the part that only screen readers say."""
    spaced = r"\s*:".join(map(re.escape, name.split(":")))
    return re.compile(rf"^\s*{spaced}\s*$")


def prints_black_on_white(page: Page, within: str) -> None:
    """Print all that is read in here in one ink, and nothing of the way round the site."""
    page.emulate_media(media="print")
    inks = page.evaluate(
        """within => [...new Set([...document.querySelectorAll(`${within} *`)]
            .filter(one => one.checkVisibility() && one.textContent.trim())
            .map(one => getComputedStyle(one).color))]""",
        within,
    )
    around = page.locator("header.header, footer.footer, nav.breadcrumb, .rail, .no-print")
    shown = [around.nth(at).is_visible() for at in range(around.count())]
    page.emulate_media(media="null")
    assert (inks, any(shown)) == (["rgb(0, 0, 0)"], False), f"Printed in {inks}, what is around it: {shown}"


def at_a_browser(browser: Browser, alias: str, live: str, mailbox: Path, **kind: Any) -> Visitor:
    """Sit somebody down at a browser of their own."""
    context = browser.new_context(base_url=live, **kind)
    context.set_default_timeout(PATIENCE)
    return Visitor(alias, context.new_page(), mailbox)
