"""The image: small, not root, watched, without secrets, and built by what `make` runs as well."""

import json
import re
import shlex

PINNED = re.compile(r"[a-z]+:\d+\.\d+[.\d]*-slim-[a-z]+")
SECRET = re.compile(r"passw|secret|token|credential|api_?key", re.IGNORECASE)
CREDENTIALS_IN_URL = re.compile(r"://[^/\s:@]*:[^/\s@]+@")


def words_of(run: str) -> list[list[str]]:
    """The commands of a RUN, each as its words."""
    return [shlex.split(command) for command in run.split("&&")]


def test_base_images_are_small_and_pinned(dockerfile):
    assert len(dockerfile) > 1, "one stage would ship what was only needed to build"
    for stage in dockerfile:
        assert PINNED.fullmatch(stage.base), stage.base


def test_runs_as_a_fixed_user_that_is_not_root(dockerfile):
    image = dockerfile[-1]
    user, group = image.texts("USER")[-1].split(":")
    assert int(user) > 0
    assert int(group) > 0
    created = " ".join(image.texts("RUN"))
    assert f"--uid {user} " in created
    assert f"install -d -o {user} -g {group} /data" in created
    # Whatever follows would be run, or owned, by that user.
    names = [name for name, _ in image.steps]
    assert set(names[names.index("USER") + 1 :]) <= {"VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def test_keeps_its_data_in_a_volume(dockerfile):
    image = dockerfile[-1]
    (volume,) = json.loads(image.texts("VOLUME")[-1])
    assert image.pairs("ENV")["DATABASE_URL"] == f"sqlite:///{volume}/synergies.sqlite3"


def test_answers_on_the_port_that_it_exposes(dockerfile):
    image = dockerfile[-1]
    environment = image.pairs("ENV")
    assert image.texts("EXPOSE") == [environment["PORT"]] == ["8000"]
    assert environment["HOST"] == "0.0.0.0"  # noqa: S104 - inside a container this is its own


def test_settings_can_be_overridden_by_either_name(dockerfile):
    # SYNERGIES_<NAME> wins over <NAME>: set here, it would win over what the operator sets.
    assert not [name for name in dockerfile[-1].pairs("ENV") if name.startswith("SYNERGIES_")]


def test_holds_no_secret(dockerfile, root):
    for stage in dockerfile:
        assert not [n for kind in ("ENV", "ARG") for n in stage.pairs(kind) if SECRET.search(n)]
    assert not CREDENTIALS_IN_URL.search((root / "Dockerfile").read_text("utf-8"))


def test_installs_nothing_for_development_and_no_compiler(dockerfile):
    commands = "\n".join(text for stage in dockerfile for _, text in stage.steps)
    assert not re.search(r"-dev\b|\[dev\]|apt-get|apk |gcc|build-essential", commands)


def test_copies_only_what_the_context_admits(dockerfile, root):
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "what is not named stays out"
    admitted = {rule[1:] for rule in rules if rule.startswith("!")}
    copied = {source for stage in dockerfile for sources, _ in stage.copied for source in sources}
    assert copied == admitted
    assert [name for name in copied if not (root / name).exists()] == []


def test_is_built_as_make_image_build_does(dockerfile, make):
    shown = make("-n", "image-build", "PREFIX=/opt/venv").stdout.splitlines()
    assert words_of(dockerfile[0].texts("RUN")[0]) == [shlex.split(line) for line in shown]


def test_starts_as_make_image_start_does(dockerfile, make):
    shown = shlex.split(make("-n", "image-start", "PREFIX=/opt/venv").stdout)
    assert ["exec", *json.loads(dockerfile[-1].texts("CMD")[-1])] == shown


def test_is_watched_as_make_image_health_does(dockerfile, make):
    (check,) = dockerfile[-1].texts("HEALTHCHECK")
    shown = shlex.split(make("-n", "image-health", "PREFIX=/opt/venv").stdout)
    assert json.loads(check.partition("CMD ")[2]) == shown
