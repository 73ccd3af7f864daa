"""Each failure kind has one policy, and every download error has one kind."""

from __future__ import annotations

import pytest

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, recorded_failure_kind
from launcher_gui.downloads.errors.statuses import classify_status, failure_kind_of_status
from launcher_gui.recovery.classification import Disposition
from launcher_gui.text.message import foreign


@pytest.mark.parametrize("trouble", FailureKind)
def test_every_class_has_a_policy(trouble: FailureKind) -> None:
    """Each kind has a remedy with a label that fits a button."""
    policy = POLICIES[trouble]
    assert str(policy.label)[0].isupper()
    assert len(str(policy.label)) < 30


@pytest.mark.parametrize("status", range(400, 600))
def test_statuses_agree_with_their_policy(status: int) -> None:
    """The policy of its kind decides whether a status is retried."""
    for url in ("https://example.com/x", "https://example.com/x?Expires=1"):
        policy = POLICIES[failure_kind_of_status(status, url)]
        assert policy.disposition is classify_status(status, url).disposition


@pytest.mark.parametrize(
    ("status", "url", "trouble"),
    [
        (401, "https://x/y", FailureKind.TOKEN_NEEDED),
        (403, "https://x/y", FailureKind.TOKEN_NEEDED),
        (403, "https://x/y?X-Amz-Expires=60", FailureKind.LINK_EXPIRED),
        (410, "https://x/y?se=2026-01-01", FailureKind.LINK_EXPIRED),
        (404, "https://x/y?Expires=60", FailureKind.NOT_FOUND),
        (407, "https://x/y", FailureKind.PROXY),
        (429, "https://x/y", FailureKind.THROTTLED),
        (500, "https://x/y?Expires=60", FailureKind.TRANSIENT),
        (511, "https://x/y", FailureKind.CAPTIVE_PORTAL),
        (501, "https://x/y", FailureKind.SERVER),
    ],
)
def test_classes_of_statuses(status: int, url: str, trouble: FailureKind) -> None:
    """A refusing status has another meaning for a URL that is signed for a limited time."""
    assert failure_kind_of_status(status, url) is trouble


def test_class_is_recorded_with_the_failure() -> None:
    """The kind is recorded with the attempt, where the window of another process reads it."""
    error = SiteRefusalError("Site", 403, FailureKind.LICENCE, foreign("no"), foreign("Do it"), "https://x", "why")
    assert recorded_failure_kind(DownloadClassifier().failure_kind(error)) is FailureKind.LICENCE
    assert DownloadClassifier().classify(error).disposition is Disposition.PERMANENT


@pytest.mark.parametrize("name", ["", "why", "of a newer version"])
def test_a_failure_without_a_class(name: str) -> None:
    """A value from an older version or another library has no kind."""
    assert recorded_failure_kind(name) is None


@pytest.mark.parametrize("trouble", FailureKind)
def test_a_class_is_read_as_it_was_written(trouble: FailureKind) -> None:
    """Every kind can be recorded and read, as one token."""
    assert recorded_failure_kind(str(trouble)) is trouble
    assert " " not in trouble
