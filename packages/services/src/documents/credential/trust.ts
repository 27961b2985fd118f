/** What a verifier knows beforehand and keeps offline: the issuers with their keys, names and status lists. All of it is public. */
import { z } from 'zod';
import { bytesOf, hexOf } from './claims.ts';
import { type PublishedForeignKey, publishedForeignKey } from './foreign/foreign-keys.ts';
import { readStatusList, type StatusList } from './status-list.ts';

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);
const words = z.record(z.string(), z.string());
const publishedKey = z.object({
  kid: hex,
  /** Ed25519, 32 bytes. */
  publicKey: hex.length(64),
  /** Unix seconds between which it signed documents. */
  from: z.number(),
  until: z.number().nullable(),
});
const publishedType = z.object({ name: words, fields: z.record(z.string(), words) });
const publishedIssuer = z.object({
  id: z.string(),
  name: words,
  keys: z.array(publishedKey),
  /** By the code of the template: names of documents and fields by language. */
  types: z.record(z.string(), publishedType),
  /** The signed list; null before the first document. */
  statusList: hex.nullable(),
});

/** The file that a verifier fetches once. */
export const publishedTrust = z.object({
  issuers: z.array(publishedIssuer),
  /** Keys of other systems that the operator trusts. */
  foreign: z.array(publishedForeignKey).default([]),
});

export type PublishedTrust = z.output<typeof publishedTrust>;
export type PublishedIssuer = PublishedTrust['issuers'][number];
export type PublishedKey = z.output<typeof publishedKey>;

export interface TrustedKey {
  issuer: PublishedIssuer;
  publicKey: Uint8Array;
  from: number;
  until: number | undefined;
}

export interface Trust {
  keyOf: (kid: Uint8Array) => TrustedKey | undefined;
  /** The status list of an issuer by its id. */
  statusOf: (issuer: string) => StatusList | undefined;
  foreign: readonly PublishedForeignKey[];
}

/** Makes the published facts ready for looking up; a status list that its issuer did not sign is left out. */
export function readTrust({ issuers, foreign }: PublishedTrust): Trust {
  const keys = new Map<string, TrustedKey>();
  const lists = new Map<string, StatusList>();
  for (const issuer of issuers) {
    for (const { kid, publicKey, from, until } of issuer.keys) {
      keys.set(kid, { issuer, publicKey: bytesOf(publicKey), from, until: until ?? undefined });
    }
    const ownKey = (kid: Uint8Array) => {
      const found = keys.get(hexOf(kid));
      return found?.issuer === issuer ? found.publicKey : undefined;
    };
    const list = issuer.statusList === null ? undefined : readStatusList(bytesOf(issuer.statusList), ownKey);
    if (list !== undefined) lists.set(issuer.id, list);
  }
  return { keyOf: (kid) => keys.get(hexOf(kid)), statusOf: (id) => lists.get(id), foreign };
}
