import { join } from 'node:path';
import { serialiseIntents, trainIntents } from '@hazir/language';
import { type Database, ensureOrganization, readPackModel, savePackModel } from '@hazir/store';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { silentLog } from '../log.ts';
import { compileFiles } from './compile-pack.ts';
import { PACKS_DIR } from './demo.ts';
import { createModels } from './models.ts';
import { readPack } from './read-pack.ts';
import { phrasesOf } from './understanding.ts';

let database: Database;
let organizationId: number;
beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'models', 'Models')).id;
});

const source = await readPack(join(PACKS_DIR, 'mumbai'));
const compiled = () => {
  const { loaded } = compileFiles(source);
  if (loaded === undefined) throw new Error('The pack has problems');
  return loaded.pack;
};
const TEXT = 'ward officer ka number';
const ask = (models: ReturnType<typeof createModels>, pack: ReturnType<typeof compiled>) =>
  models.understand(TEXT, { language: 'hi', pack, now: Date.parse('2026-11-22T09:00:00Z') })?.meaning;
const never = () => Promise.reject(new Error('trained again'));

describe('the classifier of a published version', () => {
  it('is trained in a thread, kept, and read by whoever comes later', async () => {
    const key = { organizationId, pack: 'mumbai', version: 'kept' };
    const pack = compiled();
    const first = createModels({ database, log: silentLog });
    await first.prepare(key, pack);
    expect(ask(first, pack)).toEqual({ flow: 'find-officials' });
    const bytes = await readPackModel(database, key);
    expect(Buffer.compare(bytes ?? Buffer.of(), serialiseIntents(trainIntents(phrasesOf(pack))))).toBe(0);
    const later = createModels({ database, log: silentLog, train: never });
    const again = compiled();
    await later.prepare(key, again);
    expect(ask(later, again)).toEqual({ flow: 'find-officials' });
  });

  it('is trained anew when what is kept can no longer be read', async () => {
    const key = { organizationId, pack: 'mumbai', version: 'broken' };
    await savePackModel(database, key, Uint8Array.of(1, 2, 3));
    const pack = compiled();
    const models = createModels({ database, log: silentLog });
    await models.prepare(key, pack);
    expect(ask(models, pack)).toEqual({ flow: 'find-officials' });
  });

  it('is never waited for by a message', async () => {
    const key = { organizationId, pack: 'mumbai', version: 'slow' };
    const pack = compiled();
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const models = createModels({ database, log: silentLog, train: () => promise });
    const ready = models.prepare(key, pack);
    const before = performance.now();
    expect(ask(models, pack)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(20);
    resolve(serialiseIntents(trainIntents(phrasesOf(pack))));
    await ready;
    expect(ask(models, pack)).toEqual({ flow: 'find-officials' });
  });

  it('may be missing: free text is then treated as without one', async () => {
    const told: unknown[] = [];
    const models = createModels({ database, log: (...entry) => void told.push(entry), train: never });
    const pack = compiled();
    await models.prepare({ organizationId, pack: 'mumbai', version: 'none' }, pack);
    expect(ask(models, pack)).toBeUndefined();
    expect(told).toEqual([['warn', 'model_missing', { pack: 'mumbai', version: 'none', detail: 'trained again' }]]);
  });
});
