"""Removing secrets from URLs and texts before they are stored, logged or shown. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from launcher_gui.text.message import Message, Value

_SECRET_NAMES = frozenset(
    {"auth", "authorization", "bearer", "jwt", "keypairid", "passwd", "passphrase", "policy", "pwd", "sig"}
)
_SECRET_ENDINGS = (
    "accesskey",
    "accesskeyid",
    "apikey",
    "credential",
    "credentials",
    "password",
    "secret",
    "signature",
    "token",
)
_SECRET_VALUE = re.compile(r"(?:hf_|gh[pousr]_|github_pat_|glpat-|sk-|AIza|AKIA|ASIA|eyJ)[\w.-]{12,}")
_SECRET_IN_TEXT = re.compile(rf"(?<![\w-]){_SECRET_VALUE.pattern}")
_URL_IN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"'\\]+")
_CREDENTIALS_IN_TEXT = re.compile(r"\b(Bearer|Basic|Token)\s+[\w.~+/=-]{8,}", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<scheme>(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?)(?P<authority>[^/\\]*)")


def split_secrets(url: str) -> tuple[str, bool]:
    """Return ``url`` without what must not be stored or shown, and whether anything secret was removed.

    Removed are user information (RFC 3986, section 3.2.1), query parameters that are secret by name or by the look
    of their value, and the fragment, which never reaches the server and so does not count as removed.
    """
    address, _, _ = url.partition("#")
    base, question, query = address.partition("?")
    match = _AUTHORITY.match(base)
    assert match is not None  # noqa: S101 - every part of the pattern may be empty
    _, at, host = match["authority"].rpartition("@")
    remaining = _public_query(query)
    public = match["scheme"] + host + base[match.end() :]
    if question and (remaining or not query):
        public += "?" + remaining
    return public, bool(at) or remaining != query


def redact(text: str) -> str:
    """Return ``text``, which others wrote, without the secrets of its URLs and other likely secrets."""
    text = _CREDENTIALS_IN_TEXT.sub(r"\1 …", text)
    text = _URL_IN_TEXT.sub(lambda match: split_secrets(match[0])[0], text)
    return _SECRET_IN_TEXT.sub("…", text)


def is_secret_name(name: str) -> bool:
    """Return whether the value of a field called ``name`` is secret, whatever it looks like."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return letters in _SECRET_NAMES or letters.endswith(_SECRET_ENDINGS)


def _public_query(query: str) -> str:
    """Return the query without secrets. Some servers accept ";" between parameters, so both separators are tried."""
    fields = (";".join(part for part in field.split(";") if not _is_secret(part)) for field in query.split("&"))
    return "&".join(public for public, given in zip(fields, query.split("&"), strict=True) if public or not given)


def _is_secret(parameter: str) -> bool:
    raw_name, _, raw_value = parameter.partition("=")
    return is_secret_name(unquote_plus(raw_name)) or bool(_SECRET_VALUE.match(unquote_plus(raw_value)))


def redact_message(fact: Message) -> Message:
    """Return ``fact`` with every text among its parameters redacted."""
    return Message(fact.code, tuple((name, _redacted(value)) for name, value in fact.params))


def _redacted(value: Value) -> Value:
    if isinstance(value, Message):
        return redact_message(value)
    return redact(value) if isinstance(value, str) else value
