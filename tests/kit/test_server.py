"""The same over a real server and a real socket."""

import socket
import threading
import time

import httpx
import pytest
import uvicorn

from tests.kit.web import Service


@pytest.fixture(scope="module")
def address():
    service = Service()
    config = uvicorn.Config(service.app, port=0, log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield listening.getsockname()
        server.should_exit = True
        thread.join(20)


def _raw(address, request: bytes) -> bytes:
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request + b"\r\nHost: t\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer


def test_head_keeps_the_connection_in_step(address):
    with httpx.Client(base_url="http://{}:{}".format(*address)) as client:
        for _twice in range(2):
            get, head = client.get("/v1/things"), client.head("/v1/things")
            assert head.headers["content-length"] == get.headers["content-length"]
            assert (len(get.json()["data"]), head.content) == (50, b"")
        not_modified = client.get("/v1/things", headers={"If-None-Match": get.headers["etag"]})
        assert (not_modified.status_code, not_modified.content) == (304, b"")
        assert client.options("/v1/things").status_code == 204
        assert client.get("/v1/broken").json()["status"] == 500


def test_broken_urls(address):
    assert b" 404 " in _raw(address, b"GET /v1/things/%zz HTTP/1.1").splitlines()[0]
    assert b" 422 " in _raw(address, b"GET /v1/things?q=%zz HTTP/1.1").splitlines()[0]
    assert b" 414 " in _raw(address, b"GET /v1/things?q=" + b"x" * 20_000 + b" HTTP/1.1")
