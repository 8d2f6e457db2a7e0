"""Sources are found first; a download counts only with the right checksum."""

import hashlib
import http.server
import socket
import threading
import time
import urllib.request

import pytest

from t2t_lite.data import download
from t2t_lite.errors import T2TError

CONTENT = b"content"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def url(tmp_path):
    (tmp_path / "upstream.gz").write_bytes(CONTENT)
    return (tmp_path / "upstream.gz").as_uri()


@pytest.mark.parametrize("place", ["a.txt.gz", "a.txt", "sub/a.txt.gz", "sub/a.txt"])
def test_found_without_download(tmp_path, place):
    (tmp_path / "sub").mkdir()
    (tmp_path / place).write_text("mine")
    found = download.find_or_download(tmp_path, "a.txt.gz", "http://nowhere.invalid/", "0", "sub")
    assert found == tmp_path / place


def test_downloaded_and_checked(tmp_path, url):
    found = download.find_or_download(tmp_path / "new", "a.gz", url, SHA256, "sub")
    assert found == tmp_path / "new/sub/a.gz" and found.read_bytes() == CONTENT


def test_unknown_checksum_is_told(tmp_path, url, capsys):
    download.find_or_download(tmp_path, "a.gz", url)
    assert SHA256 in capsys.readouterr().out


def test_wrong_checksum_leaves_nothing(tmp_path, url):
    with pytest.raises(T2TError, match="where 00 was expected"):
        download.find_or_download(tmp_path / "new", "a.gz", url, "00")
    assert not list((tmp_path / "new").iterdir())


def test_unreachable(tmp_path):
    missing = (tmp_path / "missing").as_uri()
    with pytest.raises(T2TError, match=r"Cannot download .*missing.* Lay the file in --tmp_dir"):
        download.find_or_download(tmp_path, "a.gz", missing)


def test_a_server_is_not_told_that_python_asks(tmp_path, url, monkeypatch):
    """Some, such as those behind Cloudflare, refuse Python's own name."""
    asked = []
    original = urllib.request.urlopen

    def urlopen(request, **options):
        asked.append(request.get_header("User-agent"))
        return original(request, **options)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    download.find_or_download(tmp_path / "new", "a.gz", url, SHA256)
    (agent,) = asked
    assert "t2t_lite" in agent and "Python" not in agent


@pytest.fixture
def servers():
    """Addresses: one that refuses, one that never answers, and one that answers 501."""
    silent = socket.create_server(("127.0.0.1", 0))
    refusing = socket.create_server(("127.0.0.1", 0))
    port = refusing.getsockname()[1]
    refusing.close()
    polite = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    thread = threading.Thread(target=polite.serve_forever)
    thread.start()
    ports = (port, silent.getsockname()[1], polite.server_port)
    yield [f"http://127.0.0.1:{port}" for port in ports]
    polite.shutdown()
    thread.join()
    polite.server_close()
    silent.close()


def test_whether_anybody_answers(servers):
    refusing, silent, polite = servers
    assert download.is_any_there(servers, seconds=5)
    assert download.is_any_there([polite], seconds=5)
    assert not download.is_any_there([refusing], seconds=5)
    start = time.monotonic()
    assert not download.is_any_there([silent, refusing], seconds=0.2)
    assert time.monotonic() - start < 4
