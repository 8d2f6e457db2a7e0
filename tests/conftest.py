"""What all tests share."""

import os
import pathlib

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

FIXTURES = pathlib.Path(__file__).parent / "fixtures"
SHARED = pathlib.Path(__file__).parents[2] / "shared"


@pytest.fixture
def fixtures() -> pathlib.Path:
    """The folder of numbers that Tensor2Tensor itself computed."""
    return FIXTURES


@pytest.fixture
def shared_dir() -> pathlib.Path:
    """Real data and larger references beside the project, where somebody laid them."""
    if not SHARED.is_dir():
        pytest.skip(f"no data at {SHARED}")
    return SHARED
