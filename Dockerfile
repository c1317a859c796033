# The site, its worker and its scheduler: one image, started under different names (see
# docker-compose.yml). Everything geographic comes from Python wheels; what draws PDF is Debian's.

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/solos
COPY requirements/base.txt requirements/
RUN python -m venv .venv && .venv/bin/pip install --require-hashes -r requirements/base.txt
COPY . .
# Translations and static files are made here: a container starts without writing anything.
RUN mkdir -p var/secrets var/media var/originals \
    && ln -s secrets/env var/env \
    && .venv/bin/python -c "from machine.places import PROJECT; from machine.preparation import compile_messages; compile_messages(PROJECT)" \
    && .venv/bin/python -m compileall -q -x '\.venv' . \
    && SECRET_KEY=build DJANGO_SETTINGS_MODULE=config.settings.demo \
       .venv/bin/python manage.py collectstatic --no-input --verbosity=0

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/srv/solos/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=config.settings.production BIND=0.0.0.0:8000
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /srv/solos --shell /usr/sbin/nologin solos
WORKDIR /srv/solos
COPY --from=build /srv/solos /srv/solos
RUN chown -R solos: var
USER solos
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "machine.container"]
CMD ["web"]
