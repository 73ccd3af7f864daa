"""The resume decision: what to request, and what may be done with the response and the saved bytes.

Owns the rules by which saved bytes and new ones may become one file. Pure: no disk, no network, no clock.

The rules, each from RFC 9110:

- Only a strong validator may join two responses (13.1.5, 14.2). The server is asked to compare it (If-Range), and its
  response must carry the same one. Failing that, a hash known beforehand proves the joined file at the end.
- A 206 counts only if its Content-Range begins at the requested offset, states the total length, and agrees with the
  record and with its own Content-Length (14.4, 15.3.7).
- A 200 is the complete file from its first byte and is never appended to (15.3.1).
- A 416 means that the file is complete only if it states exactly the length that is saved and recorded (15.5.17).
- Where none of these holds, the saved bytes are discarded, and the plan says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from launcher_gui.downloads.errors.download_error import DownloadError
from launcher_gui.downloads.errors.http_errors import (
    CompressedAnswerError,
    HttpStatusError,
    RangeLieError,
    WrongContentError,
)
from launcher_gui.downloads.rules.headers import RemoteFile
from launcher_gui.downloads.rules.known_hash import KnownHash
from launcher_gui.text.message import NOTHING, Message, message

_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_WEB_PAGE_NAMES = (".html", ".htm", ".xhtml")
_COMPRESSIONS = frozenset({"gzip", "x-gzip", "compress", "x-compress", "deflate", "br", "zstd"})

_CHANGED = message("http.changed")
_NOT_SUPPORTED = message("resume.not_supported")
NO_EVIDENCE = message("resume.no_evidence")  # a SHA-256 would be evidence
_UNCONFIRMED = message("resume.unconfirmed")
_CONTRADICTION = message("resume.contradiction")
_WRONG_PART = message("http.wrong_part")
_OTHER_LINK = message("resume.other_link")
_NO_RECORD = message("resume.no_record")
_TOO_LARGE = message("resume.too_large")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of the file that the saved bytes belong to, from the response that began it.

    Attributes:
        url: The requested URL, free of secrets.
        total: The length of the file, if the server stated it.
        etag: Its strong entity tag, if it had one.
        last_modified: Its Last-Modified text, if it may serve as a strong validator.
    """

    url: str
    total: int | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What to request.

    Attributes:
        offset: From which byte on; 0 requests the complete file.
        headers: Range and If-Range, or nothing.
        reason: Why the complete file is requested although bytes are saved; empty otherwise.
    """

    offset: int
    headers: dict[str, str]
    reason: Message = NOTHING


class ResumeAction(StrEnum):
    """What to do with a response."""

    APPEND = "append"  # write its body after the kept bytes
    START_OVER = "start_over"  # write its body from the first byte on
    ASK_AGAIN = "ask_again"  # close it and follow ``again``; saved bytes are discarded when that response is written
    ALREADY_WHOLE = "already_whole"  # close it: the saved bytes are the file
    REFUSE = "refuse"  # close it, write nothing, keep the saved bytes, and raise the error


@dataclass(frozen=True, slots=True)
class ResumePlan:
    """What may be done with a response, and what happens to the saved bytes.

    Attributes:
        action: What to do.
        offset: Where writing continues.
        kept: How many bytes are kept.
        discarded: How many bytes are discarded.
        note: The decision and its evidence; empty if nothing was saved.
        why: Why bytes are discarded, where any are.
        error: What to raise, for a refusal.
        again: What to request next, for ``ASK_AGAIN``: the complete file.
    """

    action: ResumeAction
    offset: int
    kept: int
    discarded: int
    note: Message = NOTHING
    error: DownloadError | None = None
    why: Message = NOTHING
    again: RequestPlan | None = None


def plan_request(
    recorded: Recorded | None, staged: int, proof: KnownHash | None, *, url: str, beyond: int = 0
) -> RequestPlan:
    """Return what to request, given the record and the number of bytes that can be trusted.

    A validator names a version of one resource only (RFC 9110, section 8.8.1), and models of one family have the same
    size: bytes from another URL are not appended to.

    Where all bytes seem to be saved, the last one is requested again: its 206 carries the validators and the length,
    while many servers answer a range behind the end with a 416 that says nothing.

    Args:
        recorded: What is known of the file that the saved bytes belong to.
        staged: How many bytes are saved that can be trusted, without a gap.
        proof: The expected hash of the finished file, if known.
        url: The URL that will be requested.
        beyond: How many more bytes are saved behind gaps.
    """
    if staged + beyond == 0:
        return RequestPlan(0, {})
    if recorded is None:
        return RequestPlan(0, {}, _NO_RECORD)
    if recorded.url != url:
        return RequestPlan(0, {}, _OTHER_LINK)
    if recorded.total is not None and staged > recorded.total:
        return RequestPlan(0, {}, _TOO_LARGE)
    validator = recorded.etag or recorded.last_modified
    if validator is None and proof is None:
        return RequestPlan(0, {}, NO_EVIDENCE)
    offset = staged - 1 if staged == recorded.total else staged
    headers = {"Range": f"bytes={offset}-"}
    if validator is not None:
        headers["If-Range"] = validator
    return RequestPlan(offset, headers)


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
    """Return what may be done with a response.

    Args:
        recorded: What is known of the file that the saved bytes belong to.
        remote: The headers of the response.
        plan: What was requested.
        proof: The expected hash of the finished file, if known.
        staged: How many bytes are saved that can be trusted.
        name: The name of the file: a web page is accepted only under the name of one.
        beyond: How many more bytes are saved behind gaps.
    """
    if (error := refusal(remote, name, part=bool(plan.headers))) is not None:
        return ResumePlan(ResumeAction.REFUSE, staged, staged + beyond, 0, error=error)
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

    def evidence(self) -> Message | None:
        """Return what shows that the response is of the same file as the saved bytes, if anything does."""
        if self.recorded is None or self.changed():
            return None
        if self.recorded.etag and self.recorded.etag == self.remote.etag:
            return message("resume.same_etag")
        # Where a strong ETag was recorded and is missing now, a date with its full seconds is not proof enough.
        if not self.recorded.etag and self.recorded.last_modified and self._same_date():
            return message("resume.same_date")
        return message("resume.by_hash", algorithm=str(self.proof.algorithm)) if self.proof is not None else None

    def changed(self) -> bool:
        """Return whether anything in the response contradicts the record."""
        return self.recorded is not None and contradicts(self.recorded, self.remote)

    def _same_date(self) -> bool:
        return self.recorded is not None and self.recorded.last_modified == self.remote.last_modified

    def whole(self) -> bool:
        """Return whether as many bytes are saved as the file has by both the record and the response."""
        return self.recorded is not None and 0 < self.staged == self.recorded.total == self.remote.total

    @property
    def saved(self) -> int:
        """How many bytes are saved altogether."""
        return self.staged + self.beyond

    def already_whole(self, evidence: Message) -> ResumePlan:
        note = message("resume.complete", kept_bytes=self.staged, why=evidence)
        return ResumePlan(ResumeAction.ALREADY_WHOLE, self.staged, self.staged, 0, note)

    def start_over(self, why: Message) -> ResumePlan:
        return ResumePlan(ResumeAction.START_OVER, 0, 0, self.saved, self._loss(why), why=why)

    def ask_again(self, why: Message) -> ResumePlan:
        return ResumePlan(ResumeAction.ASK_AGAIN, 0, 0, self.saved, self._loss(why), again=RequestPlan(0, {}, why))

    def go_on(self, evidence: Message) -> ResumePlan:
        offset = self.plan.offset
        kept = offset + self.beyond
        note = message("resume.kept", kept_bytes=kept, why=evidence)
        return ResumePlan(ResumeAction.APPEND, offset, kept, self.staged - offset, note)

    def _loss(self, why: Message) -> Message:
        return message("resume.restarted", lost_bytes=self.saved, why=why) if self.saved else NOTHING


def note_of(plan: ResumePlan, altered: int, set_aside: str | None) -> Message:
    """Return the note of a plan, with what else happened to the saved data.

    Args:
        plan: The plan.
        altered: How many bytes had been changed on disk.
        set_aside: The new name of an unknown partial file that was in the way.
    """
    note = plan.note
    for further in (
        message("resume.altered", lost_bytes=altered) if altered else NOTHING,
        message("resume.set_aside", name=set_aside) if set_aside is not None else NOTHING,
    ):
        note = message("resume.and", first=note, second=further) if note and further else note or further
    return note


def record_of(remote: RemoteFile, before: Recorded | None, url: str) -> Recorded:
    """Return the record of a file after a response.

    Args:
        remote: The headers of the response.
        before: The record that it continues, ``None`` if the file starts over.
        url: The requested URL.
    """
    if before is None:
        return Recorded(url, remote.total, remote.etag, remote.last_modified)
    # A response that continues an earlier one need not repeat all of its headers (RFC 9110, section 15.3.7).
    return replace(
        before,
        total=before.total if remote.total is None else remote.total,
        etag=before.etag or remote.etag,
        last_modified=before.last_modified or remote.last_modified,
    )


def contradicts(recorded: Recorded, remote: RemoteFile) -> bool:
    """Return whether anything in a response shows that it is of another file, or version, than the recorded one."""
    return (
        _differ(recorded.total, remote.total)
        or _differ(recorded.etag, remote.etag)
        or (not (recorded.etag and remote.etag) and _differ(recorded.last_modified, remote.last_modified))
    )


def _differ(recorded: object, answered: object) -> bool:
    return recorded is not None and answered is not None and recorded != answered


def refusal(remote: RemoteFile, name: str, *, part: bool) -> DownloadError | None:
    """Return why a response is not the requested file, or part of it; ``None`` if it may be.

    Args:
        remote: The headers of the response.
        name: The name of the file.
        part: Whether a part was requested.
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
        return case.already_whole(evidence or message("resume.same_length"))
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
        return case.ask_again(_WRONG_PART)
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
    return case.already_whole(evidence) if case.whole() else case.start_over(_NOT_SUPPORTED)
