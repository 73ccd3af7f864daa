"""The sites as they answer, on loopback, in the shapes that their documentation and their clients show.

The files in ``launcher_gui/downloads/sources`` name the documents. The files themselves come from another origin,
as they do there: a `MisbehavingServer` that can be told to misbehave.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from aiohttp import web

from tests.support.builders.files import Content
from tests.support.servers.behaviours import Request
from tests.support.servers.misbehaving import MisbehavingServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NEXT_COMMIT = "89abcdef0123456789abcdef0123456789abcdef"
TOKEN = "hf_aToken_0123456789"
KEY = "0123456789abcdef0123456789abcdef"
GITHUB_TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


class Place:
    """A server of one application on loopback that notes what it was asked."""

    def __init__(self) -> None:
        self.log: list[Request] = []
        self.origin = ""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._note)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.05)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _note(self, request: web.Request) -> web.StreamResponse:
        answer = await self.answer(request)
        self.log.append(Request(request.method, request.path_qs, tuple(request.headers.items()), answer.status))
        return answer

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        raise NotImplementedError

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The method and path of every request."""
        return [(request.method, request.path) for request in self.log]


@dataclass
class Stored:
    """A file in a repository.

    Attributes:
        content: What it holds.
        path: Where its bytes lie at the content network.
        commit: The last commit of its repository.
        gated: Whether its repository's terms have to be accepted.
        accepted: Whether the token's account has accepted them.
        private: Whether only the token's account sees it.
        in_git: Whether it is small enough to be served by the hub itself, which then says nothing of its SHA-256.
    """

    content: Content
    path: str
    commit: str = COMMIT
    gated: bool = False
    accepted: bool = False
    private: bool = False
    in_git: bool = False


class Hub(Place):
    """Hugging Face.

    Attributes:
        files: The files, by repository and path.
        moved: The new names of repositories that were renamed.
        out_of_order: A status that everything is answered with, if the site has a bad day.
    """

    def __init__(self, network: MisbehavingServer) -> None:
        super().__init__()
        self.network = network
        self.files: dict[tuple[str, str], Stored] = {}
        self.moved: dict[str, str] = {}
        self._history: dict[tuple[str, str, str], Stored] = {}
        self.out_of_order: int | None = None

    def store(self, repository: str, path: str, stored: Stored) -> Stored:
        """Put a file into a repository."""
        self.files[repository, path] = self._history[repository, path, stored.commit] = stored
        self.network.add(stored.path, stored.content)
        return stored

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the hub does."""
        if self.out_of_order is not None:
            return web.Response(status=self.out_of_order)
        if request.path == "/api/whoami-v2":
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                return _no(401, "", "Invalid credentials in Authorization header")
            return web.json_response({"type": "user", "name": "ada", "auth": {"type": "access_token"}})
        owner, name, _, revision, path = request.path[1:].split("/", 4)
        repository, said = f"{owner}/{name}", request.headers.get("Authorization")
        if repository in self.moved:
            onward = request.path.replace(repository, self.moved[repository], 1)
            return web.Response(status=307, headers={"Location": onward})
        if said not in {None, f"Bearer {TOKEN}"}:
            return _no(401, "", "Invalid credentials in Authorization header")
        known = [stored for (where, _), stored in self.files.items() if where == repository]
        if not known or (known[0].private and said is None):
            return _no(401 if said is None else 404, "RepoNotFound", "Repository not found")
        if known[0].gated and not (said and known[0].accepted):
            return _no(401 if said is None else 403, "GatedRepo", f"Access to model {repository} is restricted.")
        if revision not in {"main", *(stored.commit for stored in known), COMMIT}:
            return _no(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        stored_file = self.files.get((repository, path))
        if stored_file is None:
            return _no(404, "EntryNotFound", "Entry not found")
        return self._found(self._history.get((repository, path, revision), stored_file))

    def _found(self, stored: Stored) -> web.Response:
        headers = {"X-Repo-Commit": stored.commit, "Accept-Ranges": "bytes"}
        if stored.in_git:
            headers["ETag"] = '"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"'
            return web.Response(body=stored.content.read(), headers=headers)
        linked = {"X-Linked-Etag": f'"{stored.content.sha256}"', "X-Linked-Size": str(stored.content.size)}
        location = f"{self.network.url(stored.path)}?X-Amz-Expires=3600&X-Amz-Signature=s3cr3tSignature"
        headers |= {**linked, "X-Xet-Hash": "f" * 64, "ETag": '"of-the-hop"', "Location": location}
        return web.Response(status=302, headers=headers)


def _no(status: int, code: str, words: str) -> web.Response:
    headers = {"X-Error-Code": code, "X-Error-Message": words} if code else {"X-Error-Message": words}
    return web.Response(status=status, headers=headers, text=words)


@dataclass
class Version:
    """A version of a model at Civitai.

    Attributes:
        content: What its file holds.
        path: Where the bytes lie at the content network.
        name: What the file is called.
        login: Whether it is given only to those who signed in.
        early_access: Until when it is given only to those who paid; empty for all.
        usage: What it may be used for.
        more: Further files of it, as they are listed.
    """

    content: Content
    path: str
    name: str
    login: bool = False
    early_access: str = ""
    usage: str = "Download"
    more: list[dict[str, Any]] = field(default_factory=list)


class Civitai(Place):
    """Civitai.

    Attributes:
        versions: The versions, by number.
        models: The numbers of each model's versions, newest first.
        login_by_redirect: Whether it redirects to a login page where it could answer 401.
    """

    def __init__(self, network: MisbehavingServer) -> None:
        super().__init__()
        self.network = network
        self.versions: dict[str, Version] = {}
        self.models: dict[str, list[int]] = {}
        self.login_by_redirect = False

    def publish(self, number: int, version: Version) -> Version:
        """Put a version there."""
        self.versions[str(number)] = version
        self.network.add(version.path, version.content)
        return version

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the site does."""
        if request.path == "/api/v1/me":
            if request.headers.get("Authorization") != f"Bearer {KEY}":
                return web.json_response({"error": "Unauthorized"}, status=401)
            return web.json_response({"id": 7, "username": "ada"})
        number = request.path.rstrip("/").rpartition("/")[2]
        if request.path.startswith("/api/v1/models/"):
            numbers = self.models.get(number)
            if numbers is None:
                return web.json_response({"error": f"No model with id {number}"}, status=404)
            return web.json_response({"id": int(number), "modelVersions": [{"id": one} for one in numbers]})
        version = self.versions.get(number)
        if version is None:
            return web.json_response({"error": "Not found"}, status=404)
        if request.path.startswith("/api/v1/model-versions/"):
            return web.json_response(_listing(int(number), version))
        return self._download(request, version)

    def _download(self, request: web.Request, version: Version) -> web.Response:
        said = request.headers.get("Authorization")
        if (version.login or version.early_access) and (said != f"Bearer {KEY}" or version.early_access):
            if self.login_by_redirect:
                return web.Response(status=307, headers={"Location": "/login?returnUrl=%2Fx&reason=download-auth"})
            words = "The creator of this asset requires you to be logged in to download it"
            return web.json_response({"error": "Unauthorized", "message": words}, status=401)
        location = f"{self.network.url(version.path)}?X-Amz-Expires=86400&X-Amz-Signature=s3cr3tSignature"
        return web.Response(status=307, headers={"Location": location})


def _listing(number: int, version: Version) -> dict[str, Any]:
    hashes = {
        "AutoV2": version.content.sha256[:10].upper(),
        "SHA256": version.content.sha256.upper(),
        "BLAKE3": "A" * 64,
    }
    file = {
        "id": 1,
        "name": version.name,
        "type": "Model",
        "primary": True,
        "sizeKB": version.content.size / 1024,
        "metadata": {"format": "SafeTensor", "size": "pruned", "fp": "fp16"},
        "hashes": hashes,
    }
    return {
        "id": number,
        "availability": "EarlyAccess" if version.early_access else "Public",
        "earlyAccessEndsAt": version.early_access or None,
        "usageControl": version.usage,
        "files": [*version.more, file],
    }


class ModelScope(Place):
    """ModelScope.

    Attributes:
        files: The files, by repository and path.
        private: Repositories that only the token's account sees.
        token: The token of that account.
    """

    def __init__(self, network: MisbehavingServer) -> None:
        super().__init__()
        self.network = network
        self.files: dict[tuple[str, str], Content] = {}
        self.private: set[str] = set()
        self.token = "ms-0123456789abcdef"

    def store(self, repository: str, path: str, content: Content) -> None:
        """Put a file into a repository."""
        self.files[repository, path] = content
        self.network.add(f"/{repository}/{path}", content)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the site does: the files go by the cookie, the account by the header."""
        if request.path == "/openapi/v1/users/me":
            if request.headers.get("Authorization") != f"Bearer {self.token}":
                return web.json_response({"success": False, "code": "InvalidAuthentication"}, status=401)
            return web.json_response({"success": True, "data": {"username": "ada"}})
        path = request.path.removeprefix("/api/v1")
        _, _, owner, name, rest = path.split("/", 4)
        repository, cookie = f"{owner}/{name}", request.headers.get("Cookie")
        if cookie not in {None, f"m_session_id={self.token}"}:
            return web.json_response({"Code": 401, "Success": False}, status=401)
        known = {path: content for (where, path), content in self.files.items() if where == repository}
        if not known or (repository in self.private and cookie is None):
            return web.json_response({"Code": 10010205001, "Success": False, "Message": "not found"}, status=404)
        if rest == "repo/files":
            files = [
                {"Path": path, "Type": "blob", "Size": content.size, "Sha256": content.sha256, "Revision": COMMIT}
                for path, content in known.items()
            ]
            return web.json_response({"Code": 200, "Success": True, "Data": {"Files": files}})
        place = "/".join([repository, *rest.split("/")[2:]])
        location = f"{self.network.url(f'/{place}')}?auth_key=s3cr3tSignature"
        return web.Response(status=302, headers={"Location": location})


@dataclass
class Release:
    """A release at GitHub.

    Attributes:
        files: What its files hold, by name.
        digests: Whether the API lists their digests, as it does for files uploaded since June 2025.
    """

    files: dict[str, Content]
    digests: bool = True


class GitHub(Place):
    """GitHub Enterprise: the files of releases, and the API below ``/api/v3``.

    Attributes:
        releases: The releases, by repository and tag, the newest last.
        limit: The header fields with which the API refuses a request without a token, if it does.
    """

    def __init__(self, network: MisbehavingServer) -> None:
        super().__init__()
        self.network = network
        self.releases: dict[tuple[str, str], Release] = {}
        self.limit: tuple[int, dict[str, str]] | None = None

    def publish(self, repository: str, tag: str, release: Release) -> None:
        """Publish a release."""
        self.releases[repository, tag] = release
        for name, content in release.files.items():
            self.network.add(f"/{repository}/{tag}/{name}", content)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as the site does."""
        if request.path.startswith("/api/v3/"):
            return self._api(request, request.path.removeprefix("/api/v3"))
        _, owner, repository, _, kind, *rest = request.raw_path.split("/")
        tags = [tag for where, tag in self.releases if where == f"{owner}/{repository}"]
        tag, name = (tags[-1], rest[1]) if kind == "latest" else (unquote(rest[0]), rest[1])
        location = f"{self.network.url(f'/{owner}/{repository}/{tag}/{name}')}?sig=s3cr3tSignature&se=2099-01-01"
        return web.Response(status=302, headers={"Location": location})

    def _api(self, request: web.Request, path: str) -> web.Response:
        said = request.headers.get("Authorization")
        if said not in {None, f"Bearer {GITHUB_TOKEN}"}:
            return web.json_response({"message": "Bad credentials"}, status=401)
        if said is None and self.limit is not None:
            status, headers = self.limit
            return web.json_response({"message": "API rate limit exceeded"}, status=status, headers=headers)
        if path == "/user":
            return web.json_response({"login": "ada"})
        _, _, owner, repository, _, *rest = path.split("/")
        tags = [tag for where, tag in self.releases if where == f"{owner}/{repository}"]
        tag = tags[-1] if rest == ["latest"] and tags else "/".join(rest[1:])
        release = self.releases.get((f"{owner}/{repository}", tag))
        if release is None:
            return web.json_response({"message": "Not Found"}, status=404)
        assets = [
            {"name": name, "size": content.size, "digest": f"sha256:{content.sha256}" if release.digests else None}
            for name, content in release.files.items()
        ]
        return web.json_response({"tag_name": tag, "assets": assets})
