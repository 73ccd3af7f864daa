"""Which system packages are missing, and how the message says to install them."""

from pathlib import Path

import pytest
from devenv import system

LISTING = """\
/venv/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffd)
\tlibxcb-cursor.so.0 => not found
\tlibGL.so.1 => /lib/x86_64-linux-gnu/libGL.so.1 (0x00007f)
\tlibEGL.so.1 => not found
/venv/PySide6/Qt/plugins/platforms/libqoffscreen.so:
\tlibEGL.so.1 => not found
"""


def test_missing_libraries_are_read_from_the_loader() -> None:
    """A library that several parts of Qt miss is named once, one that is found is not named."""
    assert system.not_found(LISTING) == ("libEGL.so.1", "libxcb-cursor.so.0")


def test_missing_libraries_become_one_exact_command() -> None:
    """What is missing turns into a command that can be pasted as it is."""
    lacking = system.Lacking(system.not_found(LISTING), ("nginx", "Xvfb"), font=True)
    assert system.apt_command(lacking.packages) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "fonts-dejavu-core libegl1 libxcb-cursor0 nginx xvfb"
    )


def test_nothing_missing_needs_no_package() -> None:
    """On a complete machine nothing is installed."""
    assert system.Lacking().packages == []


def test_library_without_a_known_package_is_named() -> None:
    """A library that we know no package for is not lost: the advice names it."""
    lacking = system.Lacking(("libnew.so.7",))
    assert lacking.packages == []
    assert "libnew.so.7" in system.advice(lacking.packages, lacking.unknown, debian=True)


def test_advice_elsewhere_than_debian_gives_no_apt_command() -> None:
    """On another Linux the packages are named, without a command that is not there."""
    advice = system.advice(["libegl1"], [], debian=False)
    assert "libegl1" in advice
    assert "apt-get" not in advice


@pytest.mark.parametrize(
    ("os_release", "expected"),
    [
        ("ID=debian\n", True),
        ('ID=ubuntu\nID_LIKE="debian"\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID="fedora"\nVERSION_ID=42\n', False),
        ("", False),
    ],
)
def test_debian_and_its_children_are_known(os_release: str, expected: bool) -> None:
    """Debian, Ubuntu and what calls itself like them take our apt command; others do not."""
    assert system.is_debian(os_release) is expected


def test_missing_tool_is_noticed() -> None:
    """A program that is nowhere is missing, one that every system has is not."""
    assert system.missing_tools(["sh", "no-such-program-anywhere"]) == ("no-such-program-anywhere",)


def test_services_are_disabled_only_while_installing(tmp_path: Path) -> None:
    """The policy that keeps nginx from starting is there during the installation and gone after it."""
    policy = tmp_path / "policy-rc.d"
    with system.services_disabled(policy):
        assert "exit 101" in policy.read_text(encoding="utf-8")
        assert policy.stat().st_mode & 0o111
    assert not policy.exists()


def test_policy_left_by_a_killed_installation_is_cleared(tmp_path: Path) -> None:
    """Our own policy does not outlive the next installation."""
    policy = tmp_path / "policy-rc.d"
    policy.write_text(system.POLICY_TEXT, encoding="utf-8")
    with system.services_disabled(policy):
        pass
    assert not policy.exists()


def test_administrators_policy_stays(tmp_path: Path) -> None:
    """A policy that somebody made for the machine is neither changed nor removed."""
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    with system.services_disabled(policy):
        pass
    assert policy.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"
