"""Certificates made for a test: of this machine's own addresses, self-signed."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest


def new_certificate(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1, ::1 and models.test with its key, in one file of ``folder``, and return that."""
    openssl = shutil.which("openssl") or pytest.fail("openssl is not installed, and this test needs it")
    key, path = folder / "key.pem", folder / "certificate.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1,IP:::1,DNS:models.test"]
    subprocess.run([*command, "-keyout", key, "-out", path], check=True, capture_output=True)
    path.write_text(path.read_text() + key.read_text())
    return path


def server_context(certificate: Path) -> ssl.SSLContext:
    """Return what a server with this certificate needs."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
