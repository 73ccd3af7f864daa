"""The resume decision: what to ask for, and what the answer allows to be done with the bytes that are here.

Owns the rules by which old bytes and new ones may become one file. Pure: no disk, no network, no clock.

The rules, each from RFC 9110:

- Only a strong validator may join two answers (13.1.5, 14.2). The server is asked to compare it (If-Range), and its
  answer must carry the same one. Failing that, a hash known beforehand proves the joined file at the end.
- A 206 counts only if its Content-Range begins where asked, knows the total, agrees with what was recorded and with
  its own Content-Length (14.4, 15.3.7).
- A 200 is the whole file from its first byte and is never appended to (15.3.1).
- A 416 means that the file is whole only if it names the very length that is here and was recorded (15.5.17).
- Of what fails these, nothing is kept, and the words say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from launcher_gui.downloads.errors.failures import (
    CompressedAnswerError,
    DownloadError,
    HttpStatusError,
    RangeLieError,
    WrongContentError,
    size_text,
)
from launcher_gui.downloads.rules.headers import RemoteFile
from launcher_gui.downloads.rules.known_hash import KnownHash

_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_WEB_PAGE_NAMES = (".html", ".htm", ".xhtml")
_COMPRESSIONS = frozenset({"gzip", "x-gzip", "compress", "x-compress", "deflate", "br", "zstd"})

_CHANGED = "the file on the server has changed"
_NO_RESUMING = "the server does not support resuming"
NO_EVIDENCE = "the server offers nothing that tells whether the file is unchanged"  # a SHA-256 would be evidence
_UNCONFIRMED = "the server did not confirm that the file is unchanged"
_CONTRADICTION = "the server's partial answer contradicts itself"
_OTHER_PART = "the server sent another part than the one asked for"
_OTHER_ADDRESS = "what is here came from another address"
_NO_RECORD = "there is no record of where it came from"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of the file whose bytes are here, from the answer that began it.

    Attributes:
        url: The URL that was asked for, free of secrets.
        total: Its length, if the server stated it.
        etag: Its strong entity tag, if it had one.
        last_modified: Its Last-Modified text, if it may serve as a strong validator.
    """

    url: str
    total: int | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What to ask the server for.

    Attributes:
        offset: From which byte on; 0 asks for the whole.
        headers: Range and If-Range, or nothing.
        reason: Why, in words; empty if there was nothing to decide.
    """

    offset: int
    headers: dict[str, str]
    reason: str


class ResumeAction(StrEnum):
    """What to do with an answer."""

    APPEND = "append"  # write its body after the kept bytes
    START_OVER = "start_over"  # write its body from the first byte on
    ASK_AGAIN = "ask_again"  # close it and follow ``again``; what is here goes when that answer is written
    ALREADY_WHOLE = "already_whole"  # close it: what is here is the file
    REFUSE = "refuse"  # close it, write nothing, keep what is here, and raise the error


@dataclass(frozen=True, slots=True)
class ResumePlan:
    """What may be done with an answer, and what becomes of the bytes that are here.

    Attributes:
        action: What to do.
        offset: Where writing goes on.
        kept: How many bytes stay.
        discarded: How many bytes go.
        words: What was decided and on which evidence; empty if nothing was here.
        why: Why bytes go, where any do.
        error: What to raise, for a refusal.
        again: What to ask for next, for ``ASK_AGAIN``: the whole file, for the reason found.
    """

    action: ResumeAction
    offset: int
    kept: int
    discarded: int
    words: str
    error: DownloadError | None = None
    why: str = ""
    again: RequestPlan | None = None


def plan_request(
    recorded: Recorded | None, staged: int, proof: KnownHash | None, *, url: str, beyond: int = 0
) -> RequestPlan:
    """Return what to ask for, given the record and the number of bytes that can be trusted.

    A validator names a version of one resource only (RFC 9110, section 8.8.1), and models of one family have the same
    size: what came from another URL is not built upon.

    Where all bytes seem to be here, the last one is asked for again: its 206 carries the validators and the length,
    while many servers answer a range behind the end with a 416 that says nothing.

    Args:
        recorded: What is known of the file whose bytes are here.
        staged: How many bytes are here that can be trusted, without a gap.
        proof: What the finished file must hash to, if known.
        url: Where it is asked for.
        beyond: How many more are here behind gaps.
    """
    if staged + beyond == 0:
        return RequestPlan(0, {}, "")
    if recorded is None:
        return RequestPlan(0, {}, _NO_RECORD)
    if recorded.url != url:
        return RequestPlan(0, {}, _OTHER_ADDRESS)
    if recorded.total is not None and staged > recorded.total:
        return RequestPlan(0, {}, "more bytes are here than the file has")
    validator = recorded.etag or recorded.last_modified
    if validator is None and proof is None:
        return RequestPlan(0, {}, NO_EVIDENCE)
    offset = staged - 1 if staged == recorded.total else staged
    headers = {"Range": f"bytes={offset}-"}
    if validator is not None:
        headers["If-Range"] = validator
    return RequestPlan(offset, headers, f"asking for the rest after {size_text(staged + beyond)}")


def decide_resume(
    recorded: Recorded | None,
    remote: RemoteFile,
    plan: RequestPlan,
    proof: KnownHash | None,
    *,
    staged: int,
    name: str,
    beyond: int = 0,
) -> ResumePlan:
    """Return what may be done with an answer.

    Args:
        recorded: What is known of the file whose bytes are here.
        remote: What the answer's headers say.
        plan: What was asked for.
        proof: What the finished file must hash to, if known.
        staged: How many bytes are here that can be trusted.
        name: What the file is to be called: a web page is welcome only under a web page's name.
        beyond: How many more bytes are here behind gaps.
    """
    if (error := refusal(remote, name, part=bool(plan.headers))) is not None:
        return ResumePlan(ResumeAction.REFUSE, staged, staged + beyond, 0, "", error)
    case = _Case(recorded, remote, plan, proof, staged, beyond)
    if remote.status == 416:
        return _judge_unsatisfied(case)
    if remote.status == 206:
        return _judge_part(case)
    return _judge_whole(case)


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts of one decision."""

    recorded: Recorded | None
    remote: RemoteFile
    plan: RequestPlan
    proof: KnownHash | None
    staged: int
    beyond: int

    def evidence(self) -> str | None:
        """Return what shows that the answer speaks of the very file whose bytes are here, if anything does."""
        if self.recorded is None or self.changed():
            return None
        if self.recorded.etag and self.recorded.etag == self.remote.etag:
            return "the server confirmed that the file is unchanged (ETag)"
        # Where a strong ETag was recorded and is missing now, a date with its full seconds is not proof enough.
        if not self.recorded.etag and self.recorded.last_modified and self._same_date():
            return "the server confirmed that the file is unchanged (date)"
        return f"the {self.proof.algorithm} will prove the file" if self.proof is not None else None

    def changed(self) -> bool:
        """Return whether anything in the answer contradicts the record."""
        return self.recorded is not None and contradicts(self.recorded, self.remote)

    def _same_date(self) -> bool:
        return self.recorded is not None and self.recorded.last_modified == self.remote.last_modified

    def whole(self) -> bool:
        """Return whether as many bytes are here as both the record and the answer give the file."""
        return self.recorded is not None and 0 < self.staged == self.recorded.total == self.remote.total

    @property
    def here(self) -> int:
        """How many bytes are here altogether."""
        return self.staged + self.beyond

    def already_whole(self, evidence: str) -> ResumePlan:
        words = f"kept all {size_text(self.staged)}: {evidence}"
        return ResumePlan(ResumeAction.ALREADY_WHOLE, self.staged, self.staged, 0, words)

    def start_over(self, why: str) -> ResumePlan:
        return ResumePlan(ResumeAction.START_OVER, 0, 0, self.here, self._loss(why), why=why)

    def ask_again(self, why: str) -> ResumePlan:
        return ResumePlan(ResumeAction.ASK_AGAIN, 0, 0, self.here, self._loss(why), again=RequestPlan(0, {}, why))

    def go_on(self, evidence: str) -> ResumePlan:
        offset = self.plan.offset
        kept = offset + self.beyond
        words = f"kept {size_text(kept)}: {evidence}"
        return ResumePlan(ResumeAction.APPEND, offset, kept, self.staged - offset, words)

    def _loss(self, why: str) -> str:
        return f"started over, {size_text(self.here)} discarded: {why}" if self.here else ""


def contradicts(recorded: Recorded, remote: RemoteFile) -> bool:
    """Return whether anything in an answer shows that it is of another file, or version, than the one on record."""
    return (
        _differ(recorded.total, remote.total)
        or _differ(recorded.etag, remote.etag)
        or (not (recorded.etag and remote.etag) and _differ(recorded.last_modified, remote.last_modified))
    )


def _differ(recorded: object, answered: object) -> bool:
    return recorded is not None and answered is not None and recorded != answered


def refusal(remote: RemoteFile, name: str, *, part: bool) -> DownloadError | None:
    """Return why an answer is not the file, or the part of it, that was asked for; ``None`` if it may be.

    Args:
        remote: What the answer's headers say.
        name: What the file is to be called.
        part: Whether a part was asked for.
    """
    if remote.status == 416 and part:
        return None
    if remote.status not in {200, 203, 206}:
        return HttpStatusError(remote.status, remote.url, remote.retry_after_s)
    if remote.content_type in _WEB_PAGES and not name.lower().endswith(_WEB_PAGE_NAMES):
        return WrongContentError(remote.url, remote.content_type)
    if any(coding.strip() in _COMPRESSIONS for coding in remote.content_encoding.split(",")):
        return CompressedAnswerError(remote.url, remote.content_encoding)
    if remote.status == 206 and not part and not _is_whole_part(remote):
        return RangeLieError(remote.url, f"206 without a Range request: {remote.content_range}")
    return None


def _is_whole_part(remote: RemoteFile) -> bool:
    part = remote.content_range
    return part is not None and part.start == 0 and part.total is not None and length_agrees(remote)


def length_agrees(remote: RemoteFile) -> bool:
    """Return whether a part is as long as its Content-Range says, as far as its length was stated."""
    part = remote.content_range
    if part is None or part.start is None or part.end is None:
        return False
    return remote.content_length is None or remote.content_length == part.end - part.start + 1


def _judge_unsatisfied(case: _Case) -> ResumePlan:
    evidence = case.evidence()
    part = case.remote.content_range
    if part is not None and part.start is None and case.whole() and not case.changed():
        return case.already_whole(evidence or "the server says that the file is no longer than this")
    return case.ask_again(_CHANGED if case.changed() else _UNCONFIRMED)


def _judge_part(case: _Case) -> ResumePlan:
    part, offset = case.remote.content_range, case.plan.offset
    if not case.plan.headers:
        return case.start_over(case.plan.reason)
    if part is None or part.start is None or part.total is None or not length_agrees(case.remote):
        return case.ask_again(_CONTRADICTION)
    if case.changed():
        return case.ask_again(_CHANGED)
    if part.start != offset or offset > case.staged:
        return case.ask_again(_OTHER_PART)
    evidence = case.evidence()
    if evidence is None:
        return case.ask_again(_UNCONFIRMED)
    if case.whole():
        return case.already_whole(evidence)
    return case.go_on(evidence)


def _judge_whole(case: _Case) -> ResumePlan:
    if not case.plan.headers:
        return case.start_over(case.plan.reason)
    if case.changed():
        return case.start_over(_CHANGED)
    evidence = case.evidence()
    if evidence is None:
        return case.start_over(_UNCONFIRMED)
    return case.already_whole(evidence) if case.whole() else case.start_over(_NO_RESUMING)
