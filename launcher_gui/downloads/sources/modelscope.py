"""ModelScope, in China (modelscope.cn) and elsewhere (modelscope.ai).

What the code relies on, and where it is documented:

- A file is at ``/models/<owner>/<name>/resolve/<revision>/<path>``, its page at ``.../file/view/<revision>/<path>``,
  and the API serves the same bytes at ``/api/v1/models/<owner>/<name>/repo?Revision=<revision>&FilePath=<path>``
  (modelscope/modelscope, ``hub/file_download.py``: ``get_file_download_url``). The main branch is ``master``.
- ``/api/v1/models/<owner>/<name>/repo/files?Revision=<revision>&Recursive=true`` answers with ``Data.Files``: ``Path``,
  ``Size``, ``Sha256`` and ``Revision``, the commit that changed the file last (``hub/api.py``: ``get_model_files``).
- A token goes into the cookie ``m_session_id`` for files and into ``Authorization: Bearer`` for ``/openapi/v1``, where
  ``users/me`` answers with ``data.username`` (modelscope_hub: ``HubApi.get_cookies``, ``HubApi.whoami``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.sources.source import (
    Answer,
    Home,
    LookedUp,
    SiteClient,
    Source,
    bad_answer,
    kept_query,
    split_address,
    with_query,
)
from launcher_gui.text.message import message

HOME = "https://www.modelscope.cn"
HOME_ABROAD = "https://www.modelscope.ai"

_HOMES = {
    "modelscope.cn": HOME,
    "www.modelscope.cn": HOME,
    "modelscope.ai": HOME_ABROAD,
    "www.modelscope.ai": HOME_ABROAD,
}
_BRANCH = "master"
_NAME = re.compile(r"[\w.-]{1,96}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE = re.compile(r"/models/([^/]+)/([^/]+)/(?:resolve|file/view)/([^/]+)/(.+)")
_API_FILE = re.compile(r"/api/v1/models/([^/]+)/([^/]+)/repo/?")
_REPOSITORY = re.compile(r"(?:.*/)?models/([^/]+)/([^/]+)/.*")


@dataclass(frozen=True, slots=True)
class ModelScopeFile:
    """A file in a model's repository.

    Attributes:
        home: The site that has it.
        repository: Owner and name, with a slash between.
        revision: A branch, a tag or a commit.
        path: Its path within the repository.
        query: Further fields of the address.
    """

    home: str
    repository: str
    revision: str
    path: str
    query: str = ""

    @property
    def url(self) -> str:
        """Its canonical address."""
        return with_query(f"{self.page}/resolve/{quote(self.revision, safe='')}/{quote(self.path)}", self.query)

    @property
    def page(self) -> str:
        """The model's page."""
        return f"{self.home}/models/{self.repository}"

    @property
    def listing(self) -> str:
        """The address of the list of files."""
        place = f"{self.home}/api/v1/models/{self.repository}/repo/files"
        return f"{place}?Revision={quote(self.revision, safe='')}&Recursive=true"

    @property
    def is_pinned(self) -> bool:
        """Whether its revision is a commit."""
        return _COMMIT.fullmatch(self.revision) is not None

    @property
    def name(self) -> None:
        """The address ends with the name."""
        return


class ModelScope(Source[ModelScopeFile]):
    """ModelScope, or a mirror of it."""

    domain = "modelscope.cn"
    label = "ModelScope"
    aliases = ("modelscope", "modelscope.ai")
    homes = (
        Home(HOME, "modelscope_endpoint", "ModelScope address"),
        Home(HOME_ABROAD, "modelscope_ai_endpoint", "ModelScope address (modelscope.ai)"),
    )
    token_variable = "MODELSCOPE_API_TOKEN"  # noqa: S105 the name of a variable
    token_page = "https://modelscope.cn/my/myaccesstoken"  # noqa: S105 where one is made
    account_url = f"{HOME}/openapi/v1/users/me"

    def file_at(self, address: str) -> ModelScopeFile | None:
        """Return the file that an address of the file, of its page or of the API names."""
        parts = split_address(address, _HOMES)
        if parts is None:
            return None
        home = _HOMES[parts.hostname or ""]
        if (found := _FILE.fullmatch(parts.path)) is not None:
            query = kept_query(parts.query, noise=("status",))
            return _checked(home, found[1], found[2], unquote(found[3]), unquote(found[4]), query)
        if (found := _API_FILE.fullmatch(parts.path)) is not None:
            fields = parse_qs(parts.query)
            revision, path = fields.get("Revision", [_BRANCH])[0], fields.get("FilePath", [""])[0]
            query = kept_query(parts.query, noise=("Revision", "FilePath"))
            return _checked(home, found[1], found[2], revision, path, query)
        return None

    def authorization(self, token: str) -> Mapping[str, str]:
        """Return the header of the API and the cookie of the files."""
        return {"Authorization": f"Bearer {token}", "Cookie": f"m_session_id={token}"}

    async def look_up(self, file: ModelScopeFile, client: SiteClient) -> LookedUp:
        """Return what the list of files says: the commit, SHA-256 and size."""
        entry = _entry(await client.json(file.listing), file.path)
        if entry is None:
            raise bad_answer(file.listing, self)
        if not entry:
            why, fix = (
                message("site.no_file", repository=file.repository),
                message("site.look_for_file", page=file.page),
            )
            raise SiteRefusalError(self.label, 404, FailureKind.NOT_FOUND, why, fix, file.page, file.path)
        revision, sha256, size = entry.get("Revision"), entry.get("Sha256"), entry.get("Size")
        if isinstance(revision, str) and _COMMIT.fullmatch(revision):
            file = replace(file, revision=revision)
        return LookedUp(
            self.label,
            file.url,
            file.is_pinned,
            sha256 if isinstance(sha256, str) and _SHA256.fullmatch(sha256) else None,
            None,
            size if type(size) is int and size >= 0 else None,
        )

    def account_name(self, data: Any) -> Any:
        """Return the user name in the answer of ``users/me``."""
        return data["data"]["username"]

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:
        """Return what 401, 403 and 404 mean: the site gives no other reason in its headers."""
        status, variable = answer.status, self.token_variable
        parts = urlsplit(answer.url)
        found = _REPOSITORY.fullmatch(parts.path)
        repository = f"{found[1]}/{found[2]}" if found is not None else ""
        page = f"{HOME}/models/{repository}" if repository else HOME
        if status == 401 and with_token:
            kind, why = FailureKind.TOKEN_REFUSED, message("site.token_refused", site=self.label)
            fix = message("site.new_token", token_page=self.token_page, variable=variable)
        elif status in {401, 403} and not with_token:
            kind, why = FailureKind.TOKEN_NEEDED, message("site.sign_in", site=self.label)
            fix = message("site.add_token", token_page=self.token_page, variable=variable)
        elif status == 403 and repository:
            kind, why = FailureKind.LICENCE, message("site.licence_needed", repository=repository)
            fix = message("site.accept_licence", page=page)
        elif status == 404 and repository and with_token:
            why = message("site.no_repository_for_token", site=self.label, repository=repository)
            kind, fix = FailureKind.NOT_FOUND, message("site.check_link")
        elif status == 404 and repository:
            why = message("site.no_repository", site=self.label, repository=repository)
            kind, fix = FailureKind.NOT_FOUND, message("site.check_link_or_add_token", variable=variable)
        else:
            return None
        return SiteRefusalError(self.label, status, kind, why, fix, page, f"{status} at {parts.path}")


MODELSCOPE = ModelScope()


def _entry(answer: Any, path: str) -> dict[str, Any] | None:
    """Return the entry of ``path`` in a list of files, empty if there is none; ``None`` if it is not such a list."""
    data = answer.get("Data") if isinstance(answer, dict) else None
    files = data.get("Files") if isinstance(data, dict) else None
    if not isinstance(files, list):
        return None
    return next((one for one in files if isinstance(one, dict) and one.get("Path") == path), {})


def _checked(home: str, owner: str, name: str, revision: str, path: str, query: str) -> ModelScopeFile | None:
    inside = [segment not in {"", ".", ".."} for segment in [*path.split("/"), *revision.split("/")]]
    if not (_NAME.fullmatch(owner) and _NAME.fullmatch(name) and all(inside)):
        return None
    return ModelScopeFile(home, f"{owner}/{name}", revision, path, query)
