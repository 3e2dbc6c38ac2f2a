"""The embedded chat model as a folder that transformers loads, for `lm_eval --model hf`."""

from importlib.util import find_spec
from pathlib import Path

from ..errors import HomogError
from .smollm2 import SHA256, weights
from .weights import verify_sha256


def export_smollm2(folder: Path) -> None:
    """Write SmolLM2-135M-Instruct with its tokenizer into a folder: about 540 MB, as 32-bit floats.

    Raises:
        HomogError: When the weights or a package to read them with are missing, or the folder holds files.
    """
    path = weights()
    verify_sha256(path, SHA256)
    if find_spec("gguf") is None:
        raise HomogError(
            "To export the weights, install what reads them: pip install 'inspect_homog[export]'"
        )
    if folder.is_dir() and any(folder.iterdir()):
        raise HomogError(f"{folder}: holds files already. Name a new folder.")
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    dense = GgufConfig(dequantize=True)  # left quantised, the model could not be saved
    model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, quantization_config=dense)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
