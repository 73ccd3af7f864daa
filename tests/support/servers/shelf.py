"""A made-up site as a newcomer would add it: all that the program knows about it is this one file.

See docs/add-a-source.md, and tests/faults/test_new_source.py for what follows from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.sources.source import Answer, Home, LookedUp, SiteClient, Source, split_address
from launcher_gui.text.message import message

HOME = "https://shelf.example"


@dataclass(frozen=True, slots=True)
class Book:
    """A file on the shelf.

    Attributes:
        title: Its name there.
    """

    title: str

    @property
    def url(self) -> str:
        """Its canonical address."""
        return f"{HOME}/books/{self.title}"

    @property
    def page(self) -> str:
        """The page about it."""
        return f"{HOME}/about/{self.title}"

    @property
    def is_pinned(self) -> bool:
        """A book never changes."""
        return True

    @property
    def name(self) -> None:
        """The address ends with the name."""
        return


class Shelf(Source[Book]):
    """The site."""

    domain = "shelf.example"
    label = "The Shelf"
    aliases = ("shelf",)
    homes = (Home(HOME, variable="SHELF_URL"),)
    token_variable = "SHELF_TOKEN"
    token_page = f"{HOME}/tokens"
    account_url = f"{HOME}/me"

    def file_at(self, address: str) -> Book | None:
        """Return the book that the address of the book or of its page names."""
        parts = split_address(address, {"shelf.example"})
        found = None if parts is None else re.fullmatch(r"/(?:books|about)/([\w.-]+)", parts.path)
        return None if found is None else Book(found[1])

    async def look_up(self, file: Book, client: SiteClient) -> LookedUp:
        """Return the SHA-256 in the catalogue."""
        entry = await client.json(f"{HOME}/catalogue/{file.title}")
        return LookedUp(self.label, file.url, file.is_pinned, entry["sha256"], None, entry["size"])

    def account_name(self, data: Any) -> Any:
        """Return the reader's name."""
        return data["reader"]

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:
        """Return the refusal in a 401."""
        if answer.status != 401:
            return None
        if with_token:
            kind, why = FailureKind.TOKEN_REFUSED, message("site.token_refused", site=self.label)
            fix = message("site.new_token", token_page=self.token_page, variable=self.token_variable)
        else:
            kind, why = FailureKind.TOKEN_NEEDED, message("site.sign_in", site=self.label)
            fix = message("site.add_token", token_page=self.token_page, variable=self.token_variable)
        return SiteRefusalError(self.label, 401, kind, why, fix, self.token_page, answer.url)


SHELF = Shelf()
