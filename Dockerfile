# One image for every process of the service; docker-compose.yml says which command each runs.
FROM node:20-bookworm-slim AS front-end
WORKDIR /srv/service
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --omit=dev

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
        python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-dejavu-core fonts-liberation2 libmagic1 tzdata ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 1000 --home-dir /srv service \
    && install -d -o service -g service -m 700 /srv/files /srv/run
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PRODUCTION=true FILES_DIR=/srv/files \
    XDG_CACHE_HOME=/srv/run
WORKDIR /srv/service
COPY requirements requirements
RUN python3 -m venv /srv/venv \
    && pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
COPY --from=front-end /srv/service/node_modules node_modules
# Collecting files opens no database, but the settings must read.
RUN python bin/build-static && rm -rf node_modules \
    && SECRET_KEY=build REDIS_URL=redis://build PUBLIC_DATABASE_URL=postgres://build@build/build \
       DATABASE_URL=postgres://build@build/build python manage.py collectstatic --noinput
USER service
CMD ["python", "-m", "django", "--version"]
