"""compose.yaml: the service beside PostgreSQL, on one's own machine, without a surprise."""

import re

import pytest
import yaml

PASSWORD = "${POSTGRES_PASSWORD:-local-use-only}"  # noqa: S105 - where it comes from, not what


@pytest.fixture(scope="module")
def compose(root):
    return yaml.safe_load((root / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def app(compose):
    return compose["services"]["app"]


@pytest.fixture(scope="module")
def db(compose):
    return compose["services"]["db"]


def test_the_images_are_pinned(app, db):
    assert app["build"] == "."
    for image in (app["image"], db["image"]):
        assert re.fullmatch(r"[a-z]+:\d[\w.-]*", image), image


def test_the_service_waits_for_a_healthy_database(app, db):
    assert app["depends_on"]["db"]["condition"] == "service_healthy"
    assert db["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert f"--username={db['environment']['POSTGRES_USER']}" in db["healthcheck"]["test"]


def test_the_database_keeps_its_data_in_a_named_volume(compose, db):
    name, _, folder = db["volumes"][0].partition(":")
    assert name in compose["volumes"]
    assert folder == "/var/lib/postgresql/data"


def test_the_password_comes_from_the_environment(app, db):
    assert db["environment"]["POSTGRES_PASSWORD"] == PASSWORD
    assert app["environment"]["PGPASSWORD"] == PASSWORD
    user, name = db["environment"]["POSTGRES_USER"], db["environment"]["POSTGRES_DB"]
    assert app["environment"]["DATABASE_URL"] == f"postgresql://{user}@db:5432/{name}"


def test_only_the_service_is_published_and_only_here(app, db, dockerfile):
    (exposed,) = dockerfile[-1].texts("EXPOSE")
    assert app["ports"] == ["${PUBLISH:-127.0.0.1:8000}:" + exposed]
    assert "ports" not in db


def test_the_service_may_write_nothing_but_its_temporary_files(app):
    assert app["read_only"] is True
    assert app["tmpfs"] == ["/tmp"]  # noqa: S108 - the container's own
    assert app["cap_drop"] == ["ALL"]
    assert "privileged" not in app
