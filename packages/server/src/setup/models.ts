/**
 * The classifiers of published versions. Each is trained once, in a thread of its own, and kept beside its version; whoever starts
 * later reads it. Until a version's classifier is there, its free text is treated as without one: nobody waits for it.
 */
import { Worker } from 'node:worker_threads';
import { HazirError } from '@hazir/core';
import type { CompiledPack, StepContext } from '@hazir/flow';
import { deserialiseIntents, type IntentModel, type IntentPhrase } from '@hazir/language';
import type { Log } from '@hazir/runtime';
import { type Database, type PackVersionKey, readPackModel, savePackModel } from '@hazir/store';
import { withKnowledge } from './knowledge.ts';
import { explain, hasLetters, phrasesOf } from './understanding.ts';

export interface Models {
  /** Takes the model that is kept, if there is one. */
  read: (key: PackVersionKey, pack: CompiledPack) => Promise<boolean>;
  /** The same, else trains; resolves when the version understands free text. Neither throws: without a model it stays so. */
  prepare: (key: PackVersionKey, pack: CompiledPack) => Promise<void>;
  /** For the engine: no opinion while there is no model. */
  understand: NonNullable<StepContext['understand']>;
}

export interface ModelsOptions {
  database: Database;
  log: Log;
  /** Makes the bytes of a model; a thread of its own when absent. */
  train?: (phrases: readonly IntentPhrase[]) => Promise<Uint8Array>;
}

export function createModels({ database, log, train = trainInThread }: ModelsOptions): Models {
  const models = new WeakMap<CompiledPack, IntentModel>();
  let queue: Promise<unknown> = Promise.resolve();
  /** One at a time: several versions at once would take the machine from the messages. */
  const trained = (phrases: readonly IntentPhrase[]): Promise<Uint8Array> => {
    const next = queue.then(() => train(phrases));
    queue = next.catch(() => undefined);
    return next;
  };
  const guarded = async (key: PackVersionKey, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      const detail = error instanceof Error ? error.message : 'unknown';
      log('warn', 'model_missing', { pack: key.pack, version: key.version, detail });
      return false;
    }
  };
  const take = (pack: CompiledPack, bytes: Uint8Array | undefined): boolean => {
    const model = bytes === undefined ? undefined : deserialiseIntents(bytes);
    if (model !== undefined) models.set(pack, model);
    return model !== undefined;
  };
  const read: Models['read'] = (key, pack) =>
    guarded(key, async () => phrasesOf(pack).length === 0 || models.has(pack) || take(pack, await readPackModel(database, key)));
  return {
    read,
    prepare: async (key, pack) => {
      if (await read(key, pack)) return;
      await guarded(key, async () => {
        const bytes = await trained(phrasesOf(pack));
        await savePackModel(database, key, bytes);
        return take(pack, bytes);
      });
    },
    understand: (text, { pack, now }) => {
      const model = models.get(pack);
      if (model === undefined || !hasLetters(text)) return undefined;
      const { outcome, candidates, understanding } = withKnowledge(text, pack, {
        explained: explain(text, pack, model),
        now,
      });
      return { outcome, candidates, ...(understanding && { meaning: understanding }) };
    },
  };
}

function trainInThread(phrases: readonly IntentPhrase[]): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: phrases });
  worker.once('message', resolve).once('error', reject);
  worker.once('exit', () => reject(new HazirError('pack:not-trained', 'The thread that trains the classifier ended early.')));
  return promise;
}
