# syntax=docker/dockerfile:1
# Build:  docker build -t tracker .
# Run:    docker run --read-only --tmpfs /tmp -v tracker-state:/app/state -v ./config:/app/config:ro -p 8080:8080 tracker

FROM python:3.12.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python -m venv /opt/tracker
COPY requirements.lock ./
RUN /opt/tracker/bin/python -m pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY tracker ./tracker
RUN /opt/tracker/bin/python -m pip install --no-deps --no-build-isolation . \
    && /opt/tracker/bin/python -m compileall -q /opt/tracker/lib

FROM python:3.12.11-slim-bookworm
LABEL org.opencontainers.image.title="tracker" \
      org.opencontainers.image.description="Holds stated targets against the figures that documents state" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/tracker/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    TRACKER_CONFIG=/app/config TRACKER_STATE=/app/state
RUN groupadd --gid 10001 tracker \
    && useradd --no-create-home --uid 10001 --gid tracker --home-dir /app --shell /usr/sbin/nologin tracker \
    && install -d -o tracker -g tracker /app /app/state
WORKDIR /app
COPY --from=build /opt/tracker /opt/tracker
COPY --chown=root:root config ./config
USER 10001:10001
VOLUME ["/app/state"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import sys,urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8080/healthz', timeout=4).status != 200)"]
ENTRYPOINT ["tracker"]
CMD ["serve", "--listen", "0.0.0.0:8080"]
