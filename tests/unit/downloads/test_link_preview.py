"""The model folder that a file name suggests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.link_preview import kind_of, model_folders


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sd_xl_base_1.0.safetensors", "checkpoints"),
        ("v1-5-pruned-emaonly.ckpt", "checkpoints"),
        ("pixel-art-xl-lora.safetensors", "loras"),
        ("sdxl_vae_fp16.safetensors", "vae"),
        ("control_v11p_sd15_canny.pth", "controlnet"),
        ("4x-UltraSharp.pth", "upscale_models"),
        ("t5xxl_fp8_e4m3fn.safetensors", "text_encoders"),
        ("ip-adapter_sd15.safetensors", "ipadapter"),
        ("clip_vision_g.safetensors", "clip_vision"),
        ("exploration.safetensors", None),
        ("lora.txt", None),
        ("model.safetensors", None),
    ],
)
def test_a_name_speaks_for_a_folder_or_for_none(name: str, kind: str | None) -> None:
    """Ambiguous names suggest nothing."""
    assert kind_of(name) == kind


@given(st.text(max_size=300))
def test_no_name_breaks_the_guess(name: str) -> None:
    """Names from untrusted sources cause no error."""
    kind_of(name)


def test_comfyui_is_known_by_where_models_went() -> None:
    """A folder called models is ComfyUI's if one of its kinds is below it, or ComfyUI above it."""
    folders = ["/home/ada/ComfyUI/models/loras/styles", "/srv/models/vae", "/home/ada/comfyui/models", "/data/models/x"]
    assert model_folders(folders) == ("/home/ada/ComfyUI/models", "/srv/models", "/home/ada/comfyui/models")
