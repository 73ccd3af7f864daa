"""What is known of a download before it is added: the file, the destination, and suitable folders. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from launcher_gui.text.message import NOTHING, Message


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What a server or site says about a file before it is downloaded.

    Attributes:
        name: The name of the file unless the user chooses another.
        size: Its size in bytes, if known.
        sha256: Its hash, if the site lists it.
        resumable: Whether the download can be resumed, if known.
        site: The name of the site; empty if it is not a known one.
        problem: Why nothing is known and what you can do; empty if there is no problem.
    """

    name: str
    size: int | None = None
    sha256: str | None = None
    resumable: bool | None = None
    site: str = ""
    problem: Message = NOTHING


@dataclass(frozen=True, slots=True)
class DestinationInfo:
    """What is known of the destinations of downloads.

    Attributes:
        free: Free bytes in each folder, where known.
        taken: Destinations that exist already.
        listed: The link of the unfinished download that saves there, by destination.
        suggested: Existing folders that fit, by file name.
    """

    free: Mapping[str, int] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    listed: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)


_KINDS = (
    ("loras", r"lora|lycoris|lokr"),
    ("controlnet", r"control(net|_v11|-?lora)?|t2i-?adapter"),
    ("ipadapter", r"ip-?adapter"),
    ("clip_vision", r"clip[-_]?vision"),
    ("vae", r"vae|taesd"),
    ("upscale_models", r"upscal|esrgan|ultrasharp|swinir|[0-9]x[-_]"),
    ("embeddings", r"embedding|textual[-_]?inversion"),
    ("text_encoders", r"t5xxl|umt5|clip[-_]?[gl]|text[-_]?encoder|qwen.*vl"),
    ("diffusion_models", r"unet|diffusion[-_]model|transformer"),
    ("checkpoints", r"\.ckpt$|sdxl|sd_?xl|sd[-_]?v?[123]|v[12]-|checkpoint|pruned|flux"),
)
"""ComfyUI's model folders and patterns of the file names in them, the most specific first."""

_MODEL_FILES = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".sft")


def kind_of(name: str) -> str | None:
    """Return the model folder that a file name suggests, ``None`` if it suggests none."""
    if not name.lower().endswith(_MODEL_FILES):
        return None
    return next((kind for kind, words in _KINDS if re.search(rf"(?:^|[^a-z])(?:{words})", name.lower())), None)


def model_folders(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the ComfyUI model folders that ``folders`` are in: ``models`` with one of its kinds below it."""
    kinds = {kind for kind, _ in _KINDS}
    found: dict[str, None] = {}
    for folder in folders:
        parts = PurePath(folder).parts
        for number, (part, below) in enumerate(zip(parts, (*parts[1:], ""), strict=True)):
            beside_it = number > 0 and "comfyui" in parts[number - 1].lower()
            if part == "models" and (below in kinds or beside_it):
                found[str(PurePath(*parts[: number + 1]))] = None
    return tuple(found)
