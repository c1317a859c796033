"""A sheet reaches our static files and nothing else."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.exceptions import SuspiciousFileOperation
from PIL import ImageFile
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from papier.domain.weaving import OurFilesOnly, weave
from tests.papier.reading import reader

PIXEL = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.fixture
def asked():
    """The paths that a server on this machine was asked for, and its address."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield paths, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def every_way_out(address: str) -> str:
    return f"""<html lang="fr"><title>Essai</title>
        <link rel="stylesheet" href="{address}/link"><style>@import "{address}/import";
        body {{ background: url("{address}/background") }}
        @font-face {{ font-family: x; src: url("{address}/font") }} p {{ font-family: x }}</style>
        <link rel="attachment" href="{address}/attachment">
        <p>Texte</p><img src="{address}/img"><object data="{address}/object"></object>
        <embed src="{address}/embed"><svg><image href="{address}/svg"/></svg></html>"""


def test_nothing_is_asked_of_the_network(asked):
    paths, address = asked

    text = reader(weave(every_way_out(address))).pages[0].extract_text()

    assert (paths, text) == ([], "Texte")


def test_control_the_library_alone_would_ask(asked):
    paths, address = asked

    HTML(string=every_way_out(address), url_fetcher=URLFetcher()).write_pdf()

    assert {"/link", "/import", "/background", "/font", "/attachment", "/img"} <= set(paths)


@pytest.mark.parametrize("way", ["file://{}", "file:{}", "{}", "static:{}", "static:../{}"])
def test_no_file_but_ours_is_read(tmp_path, way):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    assert URLFetcher().fetch(f"file://{secret}").read() == b"secret"

    with pytest.raises((ValueError, SuspiciousFileOperation)):
        OurFilesOnly().fetch(way.format(secret))


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/", "https://example.org/", "ftp://example.org/",
        "data:text/css,p{}", "static:", "static:css/none.css", "static:../manage.py",
        "static:css/../../manage.py", "STATIC:css/sheet.css",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(address):
    with pytest.raises((ValueError, SuspiciousFileOperation, IsADirectoryError)):
        OurFilesOnly().fetch(address)


def test_our_files_come_with_their_type():
    found = OurFilesOnly().fetch("static:css/sheet.css")

    assert found.content_type == "text/css"
    assert b"size: A4" in found.read()


def test_pictures_cut_short_stay_refused_in_a_process_that_draws():
    """The library would have the whole process take them, from the day it is loaded on."""
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
