"""Running out of memory, as TensorFlow, oneDNN, Python and C++ tell it."""

import subprocess
import sys

import pytest
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.training import memory

ONEDNN = "Operation received an exception:Status: 1, message: could not create a primitive"


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor"),
        tf.errors.AbortedError(None, None, ONEDNN),
    ],
)
def test_it_names_the_batch_size_and_a_smaller_one(error):
    with (
        pytest.raises(T2TError, match=r"batch_size=4096 \(tokens\).*batch_size=2048"),
        memory.naming_batch_size(4096, "tokens"),
    ):
        raise error


def test_another_error_is_left_as_it_is():
    error = tf.errors.AbortedError(None, None, "Session was closed.")
    with pytest.raises(tf.errors.AbortedError), memory.naming_batch_size(4096, "tokens"):
        raise error


@pytest.mark.skipif(sys.platform != "linux", reason="the C++ library is another one")
def test_a_cpp_exception_ends_with_the_sentence():
    program = """
import ctypes, sys
from t2t_lite.training import memory
sys.argv = ["t2t-trainer"]
terminate = ctypes.CDLL("libstdc++.so.6")._ZSt9terminatev
with memory.naming_batch_size(4096, "tokens"):
    terminate()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("t2t-trainer: Out of memory with batch_size=40")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux promises too much")
def test_what_the_machine_does_not_have_is_not_granted(monkeypatch):
    import numpy as np

    monkeypatch.setattr(memory, "_available", lambda: 2**30)
    with memory.limited_to_available():
        np.zeros(2**20)
        with pytest.raises(MemoryError):
            np.zeros(2**29)  # 4 GiB
    np.zeros(2**29)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux promises too much")
def test_a_checkpoint_is_written_where_memory_is_short(tmp_path):
    program = f"""
import keras
from t2t_lite.training import checkpoints, memory
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((2000,)), keras.layers.Dense(5000)])
memory._available = lambda: 2**20
with memory.limited_to_available():
    checkpoints.save_weights(model, {str(tmp_path)!r}, 7)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    assert (tmp_path / "model.ckpt-7.index").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by files")
def test_the_containers_limit_counts(monkeypatch, tmp_path):
    unlimited = memory._available()
    assert unlimited > 0
    monkeypatch.setattr(memory, "_CGROUP", tmp_path)
    (tmp_path / "memory.current").write_text("600\n")
    (tmp_path / "memory.max").write_text("1000\n")
    assert memory._available() == 400
    (tmp_path / "memory.max").write_text("max\n")
    assert memory._available() > 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="the C library is another one")
@pytest.mark.parametrize("is_shared", [True, False])
def test_threads_share_heaps(tmp_path, is_shared):
    """As the C library counts them; 40 threads that are all alive."""
    program = f"""
import ctypes, os, threading
from t2t_lite.training import memory
os.cpu_count = lambda: 5
if {is_shared}:
    memory.share_arenas()
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
libc.fclose.argtypes = [ctypes.c_void_p]
everyone = threading.Barrier(41)
def work():
    libc.malloc(1000)
    everyone.wait()
for _ in range(40):
    threading.Thread(target=work, daemon=True).start()
everyone.wait()
file = libc.fopen(b"{tmp_path}/info.xml", b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
    heaps = (tmp_path / "info.xml").read_text().count("<heap nr=")
    assert heaps <= 5 if is_shared else heaps > 5
