"""What is missing, on which system, and what is said about it."""

import re
import subprocess
from pathlib import Path

import pytest

from machine import browsers, install, packages, postgres
from machine.refusals import RefusalError

SYSTEMS = {
    "debian": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
    "ubuntu": 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n',
    "mint": 'ID=linuxmint\nID_LIKE="ubuntu debian"\n',
    "raspbian": "ID=raspbian\nID_LIKE=debian\n",
    "fedora": "ID=fedora\n",
    "suse": 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("debian", "debian"), ("ubuntu", "ubuntu"), ("mint", "ubuntu"), ("raspbian", "debian"),
     ("fedora", None), ("suse", None)],
)  # fmt: skip
def test_distribution_is_read_from_its_own_description(tmp_path, name, expected):
    path = tmp_path / "os-release"
    path.write_text(SYSTEMS[name], encoding="utf-8")
    assert packages.distribution(path) == expected


def test_distribution_without_description_is_unknown(tmp_path):
    assert packages.distribution(tmp_path / "none") is None


def test_missing_lists_what_is_not_in_the_path(places, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "gettext" in packages.missing(places, browser=False)
    assert "chromium" in packages.missing(places, browser=True)


def test_missing_lists_the_libraries_that_do_not_load(places, monkeypatch):
    drawing = {"libpangoft2-1.0-0": "libc.so.6", "libharfbuzz-subset0": "libnone.so.0"}
    monkeypatch.setattr(packages, "DRAWING", drawing)
    monkeypatch.setattr(packages, "FONT", places.root / "none.ttf")

    names = packages.missing(places, browser=False)

    assert {*names} & {*drawing, "fonts-dejavu-core"} == {
        "libharfbuzz-subset0",
        "fonts-dejavu-core",
    }


def test_missing_wants_no_server_when_the_operator_gave_his_own(places, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "postgis://a@server/base")
    names = packages.missing(places, browser=False)
    assert [name for name in names if "postgis" in name or "redis" in name] == []


def test_postgis_package_follows_the_version_of_the_data(places):
    data = places.services / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("13\n", encoding="ascii")
    assert packages.postgis_package(places) == "postgresql-13-postgis-3"
    assert "postgresql-13-postgis-3" in packages.missing(places, browser=False)


def test_start_on_data_of_a_version_that_is_gone_says_what_to_install(servers):
    servers.stop()
    mark = servers.postgres.data / "PG_VERSION"
    before = mark.read_text(encoding="ascii")
    try:
        mark.write_text("9\n", encoding="ascii")
        with pytest.raises(RefusalError, match="sudo apt-get install postgresql-9-postgis-3"):
            servers.start()
    finally:
        mark.write_text(before, encoding="ascii")


def test_installed_takes_only_versions_that_have_postgis(tmp_path):
    programs, shared = tmp_path / "lib", tmp_path / "share"
    for version in ("15", "16", "17"):
        (programs / version / "bin").mkdir(parents=True)
        (programs / version / "bin" / "postgres").touch()
    for version in ("15", "16"):
        (shared / version / "extension").mkdir(parents=True)
        (shared / version / "extension" / "postgis.control").touch()
    found = [one.version for one in postgres.installed((programs, shared))]
    assert [version for version in found if version in {15, 16, 17}][:2] == [16, 15]


def test_no_main_cluster_gives_the_administrator_his_file_back(tmp_path):
    settings = tmp_path / "createcluster.conf"
    settings.write_text("ssl = on\ncreate_main_cluster = true\n", encoding="utf-8")
    before = settings.stat()
    with install.no_main_cluster(settings):
        assert settings.read_text(encoding="utf-8").endswith("\ncreate_main_cluster = false\n")
    assert settings.read_text(encoding="utf-8") == "ssl = on\ncreate_main_cluster = true\n"
    assert settings.stat().st_mtime_ns == before.st_mtime_ns


def test_no_main_cluster_gives_it_back_after_a_failure(tmp_path):
    settings = tmp_path / "createcluster.conf"
    settings.write_text("ssl = on\n", encoding="utf-8")
    with pytest.raises(RuntimeError), install.no_main_cluster(settings):
        raise RuntimeError
    assert settings.read_text(encoding="utf-8") == "ssl = on\n"


def test_without_sudo_the_sentence_lists_the_packages(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusalError) as refused:
        packages._sudo(["redis-tools", "gettext"])
    assert str(refused.value) == (
        "Il faut installer des paquets et ce compte n’en a pas le droit. Demandez à "
        "l’administrateur de la machine : apt-get install redis-tools gettext"
    )


def test_proxies_pass_through_sudo():
    env = {"http_proxy": "http://p:3128", "HTTPS_PROXY": "x", "HOME": "/h"}
    assert packages._passed_on(env) == ["env", "http_proxy=http://p:3128", "HTTPS_PROXY=x"]


def test_a_browser_that_only_asks_for_a_snap_is_not_a_browser(places, monkeypatch, tmp_path):
    """Ubuntu's package is a script that ends with an error until the snap is there."""
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'requires the chromium snap' >&2\nexit 10\n", encoding="ascii")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browsers.find(places) is None
    stub.write_text("#!/bin/sh\necho Chromium 130\n", encoding="ascii")
    assert browsers.find(places) == stub


def test_every_target_of_the_makefile_is_a_command_and_is_explained():
    root = Path(packages.__file__).parent.parent
    text = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=root, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    assert {line.split()[1] for line in shown.splitlines()} == targets


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dlstatus:3:41.6025:Retrieving file 3 of 9\n", "téléchargement 42 %"),
        ("pmstatus:libpq5:amd64:8.3333:Unpacking\n", "installation 8 %"),
        ("pmstatus:gettext:58.0:Installing\n", "installation 58 %"),
        ("Get:1 somewhere\n", None),
    ],
)
def test_status_of_apt_is_read(line, expected):
    assert install._status(line) == expected
