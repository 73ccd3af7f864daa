"""A report contains no secrets."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.redaction import is_secret_name, redact
from launcher_gui.monitor.report import LEFT_OUT, without_secrets

SECRETS = (
    "hf_abcdefghijklmnop",
    "Bearer abcdefghijkl",
    "https://me:pa55w0rd@host/x",
    "https://host/x?api_key=zq12345qz",
)

json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(SECRETS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(("token", "Api-Key", "url")), inner),
    max_leaves=20,
)


@given(json_data, st.sampled_from(SECRETS))
def test_no_secret_survives(data: Any, secret: str) -> None:
    """A secret anywhere in the data is not in the report."""
    told = json.dumps(
        without_secrets({"a": [data, f"before {secret} after"], "password": data}, redact, is_secret_name)
    )
    for gone in ("hf_abcdefghijklmnop", "abcdefghijkl", "pa55w0rd", "zq12345qz"):
        assert gone not in told
    assert json.loads(told)["password"] == LEFT_OUT


@given(st.recursive(st.none() | st.booleans() | st.integers(), st.lists, max_leaves=20))
def test_what_is_no_text_stays(data: Any) -> None:
    """Numbers and other plain values are unchanged."""
    assert without_secrets(data, redact, is_secret_name) == data
