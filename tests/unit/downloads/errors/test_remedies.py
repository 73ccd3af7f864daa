"""Each class of failure has one policy, and every failure of the room is of one class."""

from __future__ import annotations

import pytest

from launcher_gui.downloads.errors.classifier import DownloadClassifier
from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import POLICIES, FailureKind, failure_kind_in, marked
from launcher_gui.downloads.errors.statuses import classify_status, failure_kind_of_status
from launcher_gui.recovery.classification import Disposition


@pytest.mark.parametrize("trouble", FailureKind)
def test_every_class_has_a_policy(trouble: FailureKind) -> None:
    """What a window can offer is there for each class, with a label that a button can carry."""
    policy = POLICIES[trouble]
    assert str(policy.label)[0].isupper()
    assert len(str(policy.label)) < 30


@pytest.mark.parametrize("status", range(400, 600))
def test_statuses_agree_with_their_policy(status: int) -> None:
    """Whether a status is tried again is what the policy of its class says."""
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
    """A status that refuses means something else at an address that was made for a limited time."""
    assert failure_kind_of_status(status, url) is trouble


def test_class_is_recorded_with_the_failure() -> None:
    """The class stands before the recorded detail, where a window of another process can read it."""
    error = SiteRefusalError("Site", 403, FailureKind.LICENCE, "no", "Do it.", "https://x", "why")
    assert failure_kind_in(DownloadClassifier().detail(error)) is FailureKind.LICENCE
    assert DownloadClassifier().classify(error).disposition is Disposition.PERMANENT


@pytest.mark.parametrize("detail", ["", "why", "[nonsense] why", "[licence]", "x [licence] why"])
def test_detail_without_a_class(detail: str) -> None:
    """What an older version recorded, or another library, has no class."""
    assert failure_kind_in(detail) is None


@pytest.mark.parametrize("trouble", FailureKind)
def test_mark_is_read_as_it_was_written(trouble: FailureKind) -> None:
    """Every class survives being recorded."""
    assert failure_kind_in(marked(trouble, "[licence] why")) is trouble
