"""Runs before anything else in the frozen program: programs that it starts, and TLS, use the system's configuration.

PyInstaller runs this file as it is; nothing imports it.
"""

import os
import ssl

CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora and its family
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, macOS
)
"""Where systems keep trusted certificates; the bundled OpenSSL knows the place of the build system only."""


def give_back_library_path() -> None:
    """Let the file manager and the browser find their own libraries instead of the bundled ones.

    The loader has read the variable already, so this process still finds the bundled ones.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def find_certificates() -> None:
    """Use the system's certificates, wherever it keeps them, unless the environment names others."""
    usual = ssl.get_default_verify_paths()
    if os.name == "nt" or "SSL_CERT_FILE" in os.environ or usual.cafile or usual.capath:
        return
    found = next((path for path in CERTIFICATES if os.path.exists(path)), None)  # noqa: PTH110 loads less
    if found is not None:
        os.environ["SSL_CERT_FILE"] = found


give_back_library_path()
find_certificates()
