"""What a URL identifies, in every form that users paste."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.request import parse_request, problems
from launcher_gui.downloads.sources.all_sources import canonical, locate, page_of
from launcher_gui.downloads.sources.civitai import CIVITAI, CivitaiFile
from launcher_gui.downloads.sources.github import GITHUB, ReleaseFile
from launcher_gui.downloads.sources.hugging_face import HUGGING_FACE, HubFile
from launcher_gui.downloads.sources.modelscope import HOME, HOME_ABROAD, MODELSCOPE, ModelScopeFile
from launcher_gui.recovery.exceptions import InvalidInputError

STARTS = (
    "https://huggingface.co/o/r/resolve/",
    "https://civitai.com/models/",
    "https://civitai.com/api/download/models/7?",
    "https://www.modelscope.cn/models/o/n/resolve/",
    "https://www.modelscope.cn/api/v1/models/o/n/repo?FilePath=",
    "https://github.com/o/r/releases/",
    "https://github.com/o/r/releases/download/v1/",
)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("hf://o/r/x.safetensors", HubFile("", "o/r", "main", "x.safetensors")),
        ("HF://o/r@v1.0/a/b c.safetensors", HubFile("", "o/r", "v1.0", "a/b c.safetensors")),
        ("hf://datasets/o/r@refs%2Fpr%2F1/x.bin", HubFile("datasets", "o/r", "refs/pr/1", "x.bin")),
        ("hf://o/r@refs/pr/1/x.bin", HubFile("", "o/r", "refs/pr/1", "x.bin")),
        ("hf://models/o/r/x.bin", HubFile("", "o/r", "main", "x.bin")),
        (f"{HUB}/o/r/blob/main/x.bin", HubFile("", "o/r", "main", "x.bin")),
        (f"{HUB}/o/r/resolve/{COMMIT}/a/x.bin?download=true#top", HubFile("", "o/r", COMMIT, "a/x.bin")),
        (f"{HUB}/datasets/o/r/resolve/refs%2Fpr%2F7/x.bin", HubFile("datasets", "o/r", "refs/pr/7", "x.bin")),
        (f"{HUB}/spaces/o/r/raw/main/x.bin", HubFile("spaces", "o/r", "main", "x.bin")),
        ("http://hf.co:80/o/r/resolve/main/x%20y.bin", HubFile("", "o/r", "main", "x y.bin")),
        (f"{HUB}/o/r/tree/main", None),
        (f"{HUB}/o/r", None),
        (f"{HUB}/o/r/resolve/main/../../x", None),
        (f"{HUB}:444/o/r/resolve/main/x", None),
        ("https://huggingface.co.evil.example/o/r/resolve/main/x", None),
        ("hf://o/r", None),
        ("hf://o", None),
        ("hf://o/r@/x", None),
        ("https://[::1/o/r/resolve/main/x", None),
    ],
)
def test_hub_forms(address: str, file: HubFile | None) -> None:
    """Every form of a file's URL at Hugging Face, and similar ones that are not."""
    assert HUGGING_FACE.file_at(address) == file


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://civitai.com/models/7?modelVersionId=42", CivitaiFile("7", "42")),
        ("https://civitai.com/models/7/a-name?modelVersionId=42&x=y", CivitaiFile("7", "42")),
        ("https://civitai.com/models/7", CivitaiFile("7", None)),
        ("https://civitai.com/de/models/7/name", CivitaiFile("7", None)),
        ("https://civitai.com/models/7?modelVersionId=x", CivitaiFile("7", None)),
        ("https://civitai.com/api/download/models/42", CivitaiFile(None, "42")),
        (
            "https://www.civitai.com/api/download/models/42?type=Training%20Data&token=k&fp=fp16",
            CivitaiFile(None, "42", "type=Training%20Data&fp=fp16"),
        ),
        (
            "https://civitai.red/api/download/models/42?fp=fp16&fileId=7&variant=a&utm_source=x",
            CivitaiFile(None, "42", "fileId=7&fp=fp16&variant=a"),
        ),
        ("https://civitai.red/models/7?modelVersionId=42&fileId=9&tab=images", CivitaiFile("7", "42", "fileId=9")),
        ("https://civitai.com/images/7", None),
        ("https://civitai.com/models/x", None),
        ("https://civitai.com.evil.example/models/7", None),
    ],
)
def test_civitai_forms(address: str, file: CivitaiFile | None) -> None:
    """Every form of a file's URL at Civitai, and similar ones that are not."""
    assert CIVITAI.file_at(address) == file


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (f"{HOME}/models/o/n/resolve/master/a/x.bin", ModelScopeFile(HOME, "o/n", "master", "a/x.bin")),
        (
            "https://modelscope.cn/models/o/n/file/view/v1/x%20y.bin?status=1",
            ModelScopeFile(HOME, "o/n", "v1", "x y.bin"),
        ),
        (
            "https://modelscope.ai/api/v1/models/o/n/repo?Revision=v1&FilePath=a%2Fx.bin&View=raw",
            ModelScopeFile(HOME_ABROAD, "o/n", "v1", "a/x.bin", "View=raw"),
        ),
        (f"{HOME}/api/v1/models/o/n/repo?FilePath=x.bin", ModelScopeFile(HOME, "o/n", "master", "x.bin")),
        (f"{HOME}/api/v1/models/o/n/repo?Revision=v1", None),
        (f"{HOME}/models/o/n/resolve/master/../x.bin", None),
        (f"{HOME}/models/o/n", None),
        ("https://modelscope.cn.evil.example/models/o/n/resolve/master/x.bin", None),
    ],
)
def test_modelscope_forms(address: str, file: ModelScopeFile | None) -> None:
    """Every form of a file's URL at ModelScope; the two sites are distinguished."""
    assert MODELSCOPE.file_at(address) == file


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://github.com/o/r/releases/download/v1.0/x.pth", ReleaseFile("o/r", "v1.0", "x.pth")),
        ("https://github.com/o/r/releases/download/nets%2Fv1/x.pth", ReleaseFile("o/r", "nets/v1", "x.pth")),
        (
            "https://github.com/o/r/releases/download/nets/v1/x.pth?raw=1",
            ReleaseFile("o/r", "nets/v1", "x.pth", "raw=1"),
        ),
        ("https://github.com/o/r/releases/latest/download/x.pth", ReleaseFile("o/r", None, "x.pth")),
        ("https://github.com/o/r/releases/tag/v1.0", None),
        ("https://github.com/o/r/raw/main/x.pth", None),
        ("https://github.com/o/r/releases/download/../x.pth", None),
    ],
)
def test_github_forms(address: str, file: ReleaseFile | None) -> None:
    """The files of releases belong to GitHub; other URLs there are plain links."""
    assert GITHUB.file_at(address) == file


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (f"{HUB}/o/r/resolve/main/x.bin?download=true&utm_source=a&token=t", f"{HUB}/o/r/resolve/main/x.bin"),
        (f"{HUB}/o/r/resolve/main/x.bin?variant=fp16", f"{HUB}/o/r/resolve/main/x.bin?variant=fp16"),
        ("https://civitai.com/api/download/models/4?new=1&token=t", "https://civitai.com/api/download/models/4?new=1"),
    ],
)
def test_a_field_that_may_choose_a_file_is_kept(address: str, kept: str) -> None:
    """Only secrets and irrelevant parameters are dropped from the recorded URL."""
    assert canonical(address) == kept


def test_pages_about_files() -> None:
    """The page of a file is the site's page about it; for a plain link it is the server's first page."""
    assert page_of("https://github.com/o/r/releases/download/v1/x.pth") == "https://github.com/o/r/releases/tag/v1"
    assert page_of(f"{HOME}/models/o/n/resolve/master/x.bin") == f"{HOME}/models/o/n"
    assert page_of("https://example.com/a/x.bin") == "https://example.com/"


def test_two_files_of_one_version_are_two_downloads() -> None:
    """``fileId`` chooses a file of a version, so that both can be in the list."""
    one, other = (parse_request(f"https://civitai.com/api/download/models/42?fileId={n}", "/m") for n in (7, 8))
    assert one.url != other.url
    assert one.destination != other.destination


def test_canonical_forms_are_what_is_kept() -> None:
    """A file has one recorded URL, however it was typed, and without its token."""
    assert parse_request("hf://o/r/x.bin", "/m").url == f"{HUB}/o/r/resolve/main/x.bin"
    assert parse_request("https://civitai.com/models/7?modelVersionId=42&token=k3y", "/m").url == (
        "https://civitai.com/api/download/models/42"
    )
    assert parse_request(f"{HUB}/o/r/resolve/refs%2Fpr%2F7/x.bin", "/m").url == f"{HUB}/o/r/resolve/refs%2Fpr%2F7/x.bin"
    assert canonical("https://example.com/x?a=b") == "https://example.com/x?a=b"


def test_hub_forms_that_cannot_be_meant() -> None:
    """An hf URL that names no file is refused with the right form."""
    assert "hf://owner/repository/path" in str(problems("hf://owner/repository", "/m")["url"])


names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
segments = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="/"), min_size=1)
paths = st.lists(segments.filter(lambda one: one not in {".", ".."}), min_size=1, max_size=4).map("/".join)


@given(st.sampled_from(["", "datasets", "spaces"]), names, names, names, paths)
def test_an_address_names_the_file_that_it_was_made_for(
    kind: str, owner: str, name: str, revision: str, path: str
) -> None:
    """Building and parsing a URL is a round trip, whatever the path contains."""
    file = HubFile(kind, f"{owner}/{name}", revision, path)
    assert HUGGING_FACE.file_at(file.url) == file
    assert canonical(file.url) == file.url


@given(st.text(max_size=100))
def test_any_text_is_an_address_or_is_not(text: str) -> None:
    """Any text can be parsed, and the recorded form is stable."""
    for address in (text, f"hf://{text}", *(start + text for start in STARTS)):
        assert canonical(canonical(address)) == canonical(address)
        located = locate(address)
        assert located is None or located.file.url.startswith(located.source.homes[0].url)


def test_mirrors_need_a_hash() -> None:
    """Only a hash proves that two servers have the same file; a site that lists one needs none typed."""
    mirrors = ["https://mirror.example/x.bin"]
    with pytest.raises(InvalidInputError, match="only a hash proves"):
        parse_request("https://example.com/x.bin", "/m", mirrors=mirrors)
    assert parse_request("hf://o/r/x.bin", "/m", mirrors=mirrors).mirrors == tuple(mirrors)
    assert not parse_request("hf://o/r/x.bin", "/m", mirrors=mirrors).is_known_by_hash
