/** Knowledge that is too much for memory: its questions are stored with their keys when the pack is published. */
import { createHash } from 'node:crypto';
import { type Hit, keysOfText, rankStored, storeTexts } from '@hazir/language';
import { findTexts, type Tx } from '@hazir/store';
import type { SearchedTexts } from '../service-module.ts';
import { type Knowledge, MOST_LOOKED_AT } from './find-passages.ts';

/** What comes near a question, best first. */
export type Seek = (question: string, where: { tx: Tx; organizationId: number }) => Promise<Hit[]>;

/** Changes with the keys of a word: what was stored by other rules is not searched. */
const RULES = 1;

/** What is to be stored, and how it is searched; the index in memory answers where it is not stored. */
export function searchDatabase({ texts, search }: Knowledge): { searched: SearchedTexts; seek: Seek } {
  const name = nameOf(texts.map(({ id, text }) => [id, text]));
  return {
    searched: { name, read: () => storeTexts(texts) },
    seek: async (question, { tx, organizationId }) => {
      const found = await findTexts(tx, { organizationId, name }, keysOfText(question));
      return found === undefined ? search(question) : rankStored(question, found, MOST_LOOKED_AT);
    },
  };
}

function nameOf(content: unknown): string {
  return `knowledge/${RULES}/${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}`;
}
