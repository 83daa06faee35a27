# The image of app and worker alike; the command tells which.
FROM node:24-slim AS assets
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY app/web/static app/web/static
COPY app/web/scanner app/web/scanner
COPY app/web/brigade app/web/brigade
COPY app/web/gate app/web/gate
# Their service workers know by these whether a kept page is of yesterday.
COPY app/web/locales app/web/locales
COPY templates templates
RUN npm run build

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/house/.venv/bin:$PATH
WORKDIR /house
RUN useradd --system --no-create-home --shell /usr/sbin/nologin vereda \
    && mkdir /data && chown vereda /data
COPY requirements.lock ./
RUN python -m venv .venv && pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
COPY --from=assets /house/app/web/static/vendor app/web/static/vendor
RUN pip install --no-cache-dir --no-deps --editable . && python -m app.web.i18n_catalogues compile \
    && python -m app.web.pages.voices \
    && env -u PYTHONDONTWRITEBYTECODE python -m app.web.compile_pages
USER vereda
VOLUME /data
EXPOSE 8000
CMD ["vereda", "serve", "--no-with-worker"]
