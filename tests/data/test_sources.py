"""Published files are found, or downloaded, and streamed; a fault names the file."""

import gzip
import tracemalloc

import pytest
from archive_files import write_archive, write_files

from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError

MEMBERS = {
    "data/one.txt": "1\n",
    "data/two.txt": "2\nzwei\n",
    "data/three.gz": gzip.compress(b"3\n", mtime=0),
    "other/four.txt": "4\n",
}
KINDS = ("a.zip", "a.tar", "a.tgz", "a.tar.gz")


def contents(source, tmp_dir, pattern, count=None):
    return {
        name.removeprefix(f"{tmp_dir}/"): file.read()
        for name, file in source.files(tmp_dir, pattern, count)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_files_of_an_archive(tmp_path, kind):
    write_archive(tmp_path / kind, MEMBERS)
    source = Source(f"http://nowhere.invalid/{kind}")
    assert contents(source, tmp_path, "data/*.txt") == {
        f"{kind}/data/one.txt": b"1\n",
        f"{kind}/data/two.txt": b"2\nzwei\n",
    }
    assert list(source.lines(tmp_path, "data/two.txt")) == ["2", "zwei"]
    assert list(source.lines(tmp_path, "data/three.gz")) == ["3"]
    assert list(source.lines(tmp_path, "data/t*")) == ["2", "zwei", "3"]


def test_a_dot_before_the_names_does_not_matter(tmp_path):
    write_archive(tmp_path / "a.tgz", {f"./{name}": text for name, text in MEMBERS.items()})
    assert list(Source("a.tgz").lines(tmp_path, "other/four.txt")) == ["4"]


def test_two_streams_at_a_time(tmp_path):
    numbers = [str(i) for i in range(30_000)]
    big = "".join(f"{number}\n" for number in numbers)
    write_archive(tmp_path / "a.tgz", {"x": big, "y": big})
    source = Source("a.tgz")
    pairs = zip(source.lines(tmp_path, "x"), source.lines(tmp_path, "y"), strict=True)
    assert list(pairs) == list(zip(numbers, numbers, strict=True))


def test_unpacked_files_serve_where_there_is_no_archive(tmp_path):
    source = Source("http://nowhere.invalid/a.zip")
    assert not source.is_here(tmp_path, "data/*.txt")
    write_files(tmp_path, MEMBERS)
    assert source.is_here(tmp_path, "data/*.txt")
    assert source.is_here(tmp_path, "data/one.txt")
    assert not source.is_here(tmp_path, "data/ten.txt")
    expected = {"data/one.txt": b"1\n", "data/two.txt": b"2\nzwei\n"}
    assert contents(source, tmp_path, "data/*.txt") == expected
    assert list(source.lines(tmp_path, "data/three.gz")) == ["3"]
    write_archive(tmp_path / "a.zip", {"data/one.txt": "eins\n"})
    assert contents(source, tmp_path, "data/*.txt") == {"a.zip/data/one.txt": b"eins\n"}


def test_other_names(tmp_path):
    source = Source("http://nowhere.invalid/a.txt", also=("b.txt",))
    assert source.find(tmp_path) is None
    (tmp_path / "b.txt").write_text("b")
    assert source.path(tmp_path) == tmp_path / "b.txt"
    (tmp_path / "a.txt").write_text("a")
    assert source.path(tmp_path) == tmp_path / "a.txt"


def test_downloaded_to_the_directory(tmp_path):
    archive = write_archive(tmp_path / "upstream" / "a.zip", MEMBERS)
    source = Source(archive.as_uri())
    assert list(source.lines(tmp_path / "new", "data/one.txt")) == ["1"]
    assert (tmp_path / "new" / "a.zip").read_bytes() == archive.read_bytes()


def test_a_file_that_people_must_lay_there(tmp_path):
    with pytest.raises(T2TError, match=rf"no file a\.tgz in {tmp_path}\. Is --tmp_dir right"):
        list(Source("a.tgz").lines(tmp_path, "x"))


@pytest.mark.parametrize("kind", KINDS)
def test_missing_members(tmp_path, kind):
    write_archive(tmp_path / kind, MEMBERS)
    source = Source(kind)
    with pytest.raises(T2TError, match=rf"{kind} holds no files data/ten\.txt: it is not complete"):
        list(source.files(tmp_path, "data/ten.txt"))
    with pytest.raises(T2TError, match=rf"{kind} holds 2 files data/\*\.txt, not 3"):
        list(source.files(tmp_path, "data/*.txt", 3))
    assert len(list(source.files(tmp_path, "data/*.txt", 2))) == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("kept", [0, 20, 3_000])
def test_damaged_archives(tmp_path, kind, kept):
    noise = "".join(chr(0x4E00 + i * i % 20_000) for i in range(9_000))
    path = write_archive(tmp_path / kind, {"x": noise, "y": noise})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(T2TError, match=f"/{kind}"):
        for name in ("x", "y"):
            list(Source(kind).lines(tmp_path, name))


def test_a_fault_in_a_member_names_it_and_the_line(tmp_path):
    write_archive(tmp_path / "a.tgz", {"data/x": b"fine\nb\xe9d\n", "data/empty": b""})
    with pytest.raises(T2TError, match=r"/a\.tgz/data/x, line 2: this is not UTF-8"):
        list(Source("a.tgz").lines(tmp_path, "data/x"))
    with pytest.raises(T2TError, match=r"/a\.tgz/data/empty is empty"):
        list(Source("a.tgz").lines(tmp_path, "data/empty"))


def test_memory_does_not_grow_with_the_archive(tmp_path):
    """Neither with its size nor with the number of its files."""
    members = {f"a/{i}": "" for i in range(3_000)}
    big = "".join(f"{i * i * i}\n" for i in range(200_000))
    write_archive(tmp_path / "a.tar", {"a/big": big, **members})
    tracemalloc.start()
    number = sum(1 for _ in Source("a.tar").files(tmp_path, "a/[0-9]*"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert number == 3_000
    assert peak < 1_000_000
