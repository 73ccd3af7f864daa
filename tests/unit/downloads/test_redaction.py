"""URLs and texts without their secrets."""

import pytest

from launcher_gui.downloads.redaction import redact, split_secrets

SECRET = "s3cr3t-Value_0123456789"


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://h/x", "https://h/x"),
        ("https://h/x?a=1&b=2", "https://h/x?a=1&b=2"),
        ("https://h/x?", "https://h/x?"),
        ("https://h/x#part", "https://h/x"),
        ("https://user:pass@h/x", "https://h/x"),
        ("https://user@h:8080/x", "https://h:8080/x"),
        ("https://a@b@h/x@y?z=@", "https://h/x@y?z=@"),
        ("https://h/x?token=1", "https://h/x"),
        ("https://h/x?a=1&TOKEN=1&b=2", "https://h/x?a=1&b=2"),
        ("https://h/x?to%6ben=1", "https://h/x"),
        ("https://h/x?a=1;token=2;b=3", "https://h/x?a=1;b=3"),
        ("https://h/x?t=hf_abcdefghijklmnopqrstuvwxyz", "https://h/x"),
        ("https://h/x?key=AIzaSyA1234567890abcdef", "https://h/x"),
        ("https://h/x?key=models/x.bin", "https://h/x?key=models/x.bin"),
        ("https://h/x?Expires=5&Signature=s&Key-Pair-Id=k&Policy=p", "https://h/x?Expires=5"),
        ("https://h/x?X-Amz-Date=5&X-Amz-Signature=s&X-Amz-Credential=k", "https://h/x?X-Amz-Date=5"),
    ],
)
def test_split_secrets(url: str, public: str) -> None:
    """Secrets are removed; what identifies the file stays unchanged."""
    assert split_secrets(url) == (public, public != url.partition("#")[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"404, url='https://u:{SECRET}@h/x?token={SECRET}&a=1'", "404, url='https://h/x?a=1'"),
        (f"sent Authorization: Bearer {SECRET}", "sent Authorization: Bearer …"),
        ("token hf_abcdefghijklmnop!", "token …!"),
        ("a task-abcdefghijklmnop", "a task-abcdefghijklmnop"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_redact(text: str, expected: str) -> None:
    """Messages from outside the program lose the secrets of their URLs."""
    assert redact(text) == expected
