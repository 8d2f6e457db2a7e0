"""Text files: only "\\n" ends a line, and every fault names file and line."""

import gzip
import io

import pytest

from t2t_lite.data import text_files
from t2t_lite.errors import T2TError


def test_lines_end_at_newlines_only(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufefffirst\r\n\nc\u2028d\x85\x0b\re\nlast\r".encode())
    assert list(text_files.lines(path)) == ["first", "", "c\u2028d\x85\x0b\re", "last"]


def test_gzip(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress("é\nb\n".encode() * 9999, mtime=0))
    assert list(text_files.lines(path)) == ["é", "b"] * 9999
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(T2TError, match=r"a\.gz after line"):
        list(text_files.lines(path))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"fine\nalso fine\nb\xe9d\n", r"a\.txt, line 3: this is not UTF-8 \(byte 2 .* 0xe9"),
        (b"", r"a\.txt is empty"),
        (None, r"no file .*a\.txt"),
    ],
)
def test_faulty_files(tmp_path, content, message):
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(T2TError, match=message):
        list(text_files.lines(path))


def test_parallel_lines(tmp_path):
    (tmp_path / "a").write_text("1\n2\n3")
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"x\ny\nz\n"))
    pairs = text_files.parallel_lines(tmp_path, "a", "b")
    assert list(pairs) == [("1", "x"), ("2", "y"), ("3", "z")]


@pytest.mark.parametrize(("a", "b"), [(3, 5), (5, 3), (4, 3)])
def test_unequal_lengths_name_both(tmp_path, a, b):
    (tmp_path / "a").write_text("x\n" * a)
    (tmp_path / "b").write_text("x\n" * b)
    with pytest.raises(T2TError, match=rf"/a has {a}, .*/b has {b}\."):
        list(text_files.parallel_lines(tmp_path, "a", "b"))


def test_parallel_file_missing(tmp_path):
    (tmp_path / "a").write_text("x\n")
    with pytest.raises(T2TError, match=r"no file b \(or b\.gz\) in .*--tmp_dir"):
        list(text_files.parallel_lines(tmp_path, "a", "b"))


def test_text_of_an_open_file():
    assert text_files.text_of(io.BytesIO("a\n\u2028ß\r\n".encode()), "x") == "a\n\u2028ß\r\n"
    with pytest.raises(T2TError, match=r"^x is not UTF-8 \(its byte 3 is 0xe9\)"):
        text_files.text_of(io.BytesIO(b"ab\xe9"), "x")
