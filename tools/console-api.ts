/** Writes the console's copy of the officers' API anew: the description that the server serves, and the types made of it. Run: npm run console:api */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect } from '@hazir/store';
import { Hono } from 'hono';
import { openAuth } from '../packages/server/src/auth/open-auth.ts';
import { addApi } from '../packages/server/src/web/api/api.ts';

const folder = resolve(import.meta.dirname, '../packages/console/src/api/generated');
// It takes another TypeScript than ours, so that it is fetched when it is run and is no dependency.
const GENERATOR = ['--package=openapi-typescript@7.13.0', '--package=typescript@5.9.3', '--', 'openapi-typescript'];

const database = connect('postgres://127.0.0.1:1/nowhere', { poolSize: 1 });
const app = new Hono();
addApi(app, {
  ...{ database, auth: openAuth({ database, publicUrl: 'http://127.0.0.1', secret: 'nobody signs in here, thirty-two' }) },
  ...{
    desks: () => new Map(),
    languagesOf: () => [],
    packsOf: async () => [],
    graphUrl: '',
    webhookUrl: '',
    doors: { provider: false },
    fileOf: async () => undefined,
    now: Date.now,
    failed: () => undefined,
  },
});
const description: unknown = await (await app.request('/api/v1/openapi.json')).json();
const file = join(folder, 'openapi.json');
writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`);
const made = spawnSync('npm', ['exec', '--yes', ...GENERATOR, file, '-o', join(folder, 'schema.d.ts')], { stdio: 'inherit' });
await database.close();
process.exitCode = made.status ?? 1;
