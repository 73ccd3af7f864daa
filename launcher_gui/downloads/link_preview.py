"""What is known of downloads before they are added: of the file, of its place, and where such files belong. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What a server, or a site, says of a file that nobody has asked it to send.

    Attributes:
        name: What the file will be called unless somebody says otherwise.
        size: Bytes, if they say so.
        sha256: What it hashes to, if the site says so.
        resumable: Whether it can go on where it stopped; ``None`` where nobody knows.
        site: What people call the site, empty if it is not one that is known.
        problem: Why nothing is known, and what to do, in sentences; empty if all is well.
    """

    name: str
    size: int | None = None
    sha256: str | None = None
    resumable: bool | None = None
    site: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DestinationInfo:
    """What is known of the places that downloads are to go to.

    Attributes:
        free: Bytes that may still be written in each folder; those that nobody knows of are left out.
        taken: Destinations at which something stands already.
        listed: Address of the unfinished download that goes there, by destination.
        suggested: Folders that suit and are there, by file name.
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
"""ComfyUI's folders of models, and what the names of their files have in them, the most telling first."""

_MODEL_FILES = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".gguf", ".sft")


def kind_of(name: str) -> str | None:
    """Return the folder of models that a file's name speaks for, ``None`` where it speaks for none: a guess."""
    if not name.lower().endswith(_MODEL_FILES):
        return None
    return next((kind for kind, words in _KINDS if re.search(rf"(?:^|[^a-z])(?:{words})", name.lower())), None)


def model_folders(folders: Iterable[str]) -> tuple[str, ...]:
    """Return ComfyUI's folders of models that ``folders`` lie in: ``models`` with one of its kinds below it."""
    kinds = {kind for kind, _ in _KINDS}
    found: dict[str, None] = {}
    for folder in folders:
        parts = PurePath(folder).parts
        for number, (part, below) in enumerate(zip(parts, (*parts[1:], ""), strict=True)):
            beside_it = number > 0 and "comfyui" in parts[number - 1].lower()
            if part == "models" and (below in kinds or beside_it):
                found[str(PurePath(*parts[: number + 1]))] = None
    return tuple(found)
