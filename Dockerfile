# The lines of Python and Debian are pinned, so that a rebuild takes their security patches;
# --build-arg PYTHON_IMAGE=python@sha256:... pins one image.
ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
WORKDIR /srv/synergies
COPY requirements.lock ./
# `make image-build PREFIX=/opt/venv`: binary wheels only are needed, so there is no compiler.
RUN python -m venv --without-pip /opt/venv && \
    python -m pip --python /opt/venv/bin/python install --require-hashes --no-deps -r requirements.lock
COPY app app
COPY migrations migrations
COPY seed_data seed_data
COPY LICENSE LICENSE-DATA ./
# Readable to the image's user whatever the builder's umask was.
RUN python -m compileall -q --invalidation-mode unchecked-hash app migrations && chmod -R a+rX .

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Synergies" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0"
# A fixed user, so that a volume's owner is known. It owns its data and nothing else.
RUN groupadd --gid 10001 synergies && \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin synergies && \
    install -d -o 10001 -g 10001 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/synergies /srv/synergies
WORKDIR /srv/synergies
# Nothing is written outside /data (and /tmp), so the rest may be read-only.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATABASE_URL=sqlite:////data/synergies.sqlite3
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
# `make image-health PREFIX=/opt/venv`
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/opt/venv/bin/python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection(\"127.0.0.1\", int(os.environ.get(\"PORT\", \"8000\")), timeout=3); c.request(\"GET\", \"/readyz\"); sys.exit(c.getresponse().status != 200)"]
# `make image-start PREFIX=/opt/venv`
CMD ["/opt/venv/bin/python", "-m", "app.cli", "serve"]
