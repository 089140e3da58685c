import pytest

from feedwright.config.loading import Loaded, load
from feedwright.errors import ConfigurationError
from feedwright.model import Problem

SITE = "site:\n  title: Harbour Light\n  url: https://example.org/\n"


@pytest.fixture
def write(tmp_path):
    """Write a config.yaml; what lacks `site:` gets one at its end, so that lines stay."""

    def write_config(text: str | bytes):
        if isinstance(text, str):
            if not text.startswith("site:") and "\nsite:" not in text:
                text = text.rstrip("\n") + "\n" + SITE
            text = text.encode()
        path = tmp_path / "config.yaml"
        path.write_bytes(text)
        return path

    return write_config


@pytest.fixture
def read(write):
    def read_config(text: str | bytes, **environ: str) -> Loaded:
        return load(write(text), environ)

    return read_config


@pytest.fixture
def mistakes(write):
    def read_mistakes(text: str | bytes, **environ: str) -> tuple[Problem, ...]:
        with pytest.raises(ConfigurationError) as caught:
            load(write(text), environ)
        assert caught.value.exit_code == 2
        return caught.value.problems

    return read_mistakes
