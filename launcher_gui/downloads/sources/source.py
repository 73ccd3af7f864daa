"""What the program has to know about a site: the ``Source`` protocol, and the helpers that its implementations share.

One file implements it for one site; ``all_sources.SOURCES`` lists them. Nothing outside of a site's file knows the site
by name. See docs/add-a-source.md.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from launcher_gui.downloads.errors.refusals import BadAnswerError, SiteRefusalError
from launcher_gui.downloads.redaction import is_secret_name
from launcher_gui.recovery.classify.retry_after import requested_wait
from launcher_gui.text.message import message

_TRACKING = frozenset({"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"})


@dataclass(frozen=True, slots=True)
class Home:
    """One of the addresses at which a site is reached.

    Attributes:
        url: The address, without a slash at the end.
        setting: The setting that names a mirror to use instead; empty if there is none.
        label: The name of that setting as it is shown.
        variable: The environment variable that names a mirror, as the site's own client calls it; the setting wins.
        takes_token: Whether requests to it carry the token.
    """

    url: str
    setting: str = ""
    label: str = ""
    variable: str = ""
    takes_token: bool = True


class SiteFile(Protocol):
    """A file at a site, as its address names it."""

    @property
    def url(self) -> str:
        """Its canonical address, under which the store records it."""

    @property
    def page(self) -> str:
        """The page about it."""

    @property
    def is_pinned(self) -> bool:
        """Whether the address names one exact version."""

    @property
    def name(self) -> str | None:
        """What to call it until the site gives a name; ``None`` for the last segment of the address."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a site knows about a file.

    Attributes:
        site: The name of the site.
        url: The file's canonical address, with the exact version if there is one.
        is_pinned: Whether that address names one exact version.
        sha256: Its SHA-256, if the site lists it.
        name: Its name, where the address does not tell.
        size: Its size in bytes, exact or nearly.
        blake3: Its BLAKE3, if the site lists it.
    """

    site: str
    url: str
    is_pinned: bool
    sha256: str | None
    name: str | None
    size: int | None
    blake3: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A site's answer, without its body.

    Attributes:
        url: Who answered.
        status: The status code.
        headers: The header fields; their names are compared without regard to case.
    """

    url: str
    status: int
    headers: Mapping[str, str]

    @property
    def retry_after_s(self) -> float | None:
        """How long the site asks to wait, in seconds, if it does."""
        return requested_wait(self.status, lambda name: self.headers.get(name, ""))


class SiteClient(Protocol):
    """Asks a site, at its mirror if one is set, with the token, the proxy and the time limits of the settings."""

    async def head(self, url: str) -> Answer:
        """Return the answer to a HEAD request; a redirect is not followed.

        Raises:
            SiteRefusalError: If the site refuses and gives a reason.
            HttpStatusError: If it answers with another error.
        """

    async def json(self, url: str) -> Any:
        """Return the JSON at ``url``.

        Raises:
            SiteRefusalError: If the site refuses and gives a reason.
            HttpStatusError: If it does not answer with 200.
            BadAnswerError: If the answer is not JSON.
        """


FileT = TypeVar("FileT", bound=SiteFile)


class Source(Protocol[FileT]):
    """A site whose links the program understands.

    Attributes:
        domain: Its name on the command line and in the keyring, such as ``huggingface.co``.
        label: Its name, as it is shown.
        aliases: Short names for the command line.
        homes: Where it is reached; the first is the main one.
        token_variable: The environment variable that holds its token.
        token_page: Where tokens are made.
        account_url: What tells whose token it is; ``account_name`` reads the answer.
        scheme: A scheme of its own for links (``hf``), empty if there is none.
        scheme_form: What such links look like.
    """

    domain: str
    label: str
    aliases: tuple[str, ...] = ()
    homes: tuple[Home, ...]
    token_variable: str
    token_page: str
    account_url: str
    scheme: str = ""
    scheme_form: str = ""

    def __str__(self) -> str:
        return self.domain

    @abstractmethod
    def file_at(self, address: str) -> FileT | None:
        """Return the file that ``address`` names, ``None`` if it is not one of a file at this site. Never raises."""

    @abstractmethod
    async def look_up(self, file: FileT, client: SiteClient) -> LookedUp:
        """Return what the site knows about ``file``.

        Raises:
            SiteRefusalError: If the site refuses and gives a reason.
            HttpStatusError: If it answers with another error.
            BadAnswerError: If its answer is not valid.
        """

    @abstractmethod
    def account_name(self, data: Any) -> Any:
        """Return the user name in the answer from ``account_url``.

        Raises:
            LookupError, TypeError: If there is none.
        """

    def authorization(self, token: str) -> Mapping[str, str]:
        """Return the header fields that carry ``token``."""
        return {"Authorization": f"Bearer {token}"}

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:  # noqa: ARG002 for sites to use
        """Return why the site refused; ``None`` if it did not, or if the status code tells all."""
        return None

    async def explain(self, file: FileT, refused: SiteRefusalError, client: SiteClient) -> SiteRefusalError:  # noqa: ARG002
        """Return the reason for ``refused`` that only a further look-up tells, else ``refused``."""
        return refused


def split_address(address: str, hosts: Collection[str]) -> SplitResult | None:
    """Return the parts of a web address at one of ``hosts``, ``None`` for any other address."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    default_port = {"http": 80, "https": 443}.get(parts.scheme.lower())
    return parts if default_port is not None and host in hosts and port in {None, default_port} else None


def kept_query(query: str, first: Sequence[str] = (), noise: Collection[str] = ()) -> str:
    """Return ``query`` without secrets, tracking fields and ``noise``; all other fields may choose a file.

    Args:
        query: The query of an address.
        first: The fields that come first, in this order: one file has one canonical address.
        noise: Further fields to leave out.
    """
    fields = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not is_secret_name(name) and name not in noise and name not in _TRACKING and not name.startswith("utm_")
    ]
    fields.sort(key=lambda field: first.index(field[0]) if field[0] in first else len(first))
    return "&".join(f"{quote(n, safe='', errors='replace')}={quote(v, safe='', errors='replace')}" for n, v in fields)


def with_query(url: str, query: str) -> str:
    """Return ``url`` with ``query``, if there is one."""
    return f"{url}?{query}" if query else url


def bad_answer(url: str, source: Source[Any]) -> BadAnswerError:
    """Return the error for an answer of ``source`` that cannot be understood."""
    return BadAnswerError(url, message("site.bad_answer", site=source.label))
