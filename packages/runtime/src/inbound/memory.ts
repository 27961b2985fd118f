/**
 * What a worker remembers between batches, so that an ordinary turn reads nothing. Never trusted: every commit checks the
 * conversation's version, and a wrong memory only costs a second try.
 */
import { type Conversation, type ConversationKey, loadConversations, type Person, resolveContacts } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import type { RuntimeDeps } from '../deps.ts';

export interface Memory {
  contactsOf: (people: readonly Person[]) => Promise<string[]>;
  conversationsOf: (keys: readonly ConversationKey[]) => Promise<Map<string, Conversation>>;
  keep: (conversation: Conversation) => void;
  /** True when this message was processed a short while ago. */
  wasDone: (messageId: string) => boolean;
  done: (messageId: string) => void;
  /** Places in the inbox that somebody else has emptied. */
  gone: Set<number>;
  forget: (keys: readonly ConversationKey[]) => void;
  forgetAll: () => void;
  /** Identities changed hands here: everybody forgets what is remembered of people. */
  announceMoved: () => void;
}

const CONTACTS = 100_000;
/** Looked up again now and then, so that the store learns that an identity is still in use. */
const CONTACT_LIVES_MS = 12 * 3_600_000;
const CONVERSATIONS = 20_000;
const MESSAGES = 50_000;

export function keyOf(key: ConversationKey): string {
  return `${key.organizationId}|${key.contactId}|${key.channelId}`;
}

interface IdentityNews {
  /** Identities may have changed hands: addresses that others remember are out of date. */
  moved: () => void;
  /** They did, and it was us: tells the other processes. */
  tell: () => void;
}

export function createMemory(deps: RuntimeDeps, news: IdentityNews): Memory {
  const contacts = new LRUCache<string, string>({ max: CONTACTS, ttl: CONTACT_LIVES_MS });
  const conversations = new LRUCache<string, Conversation>({ max: CONVERSATIONS });
  const messages = new LRUCache<string, true>({ max: MESSAGES });
  const forgetAll = () => {
    contacts.clear();
    conversations.clear();
    news.moved();
  };
  const announceMoved = () => {
    forgetAll();
    news.tell();
  };
  return {
    contactsOf: async (people) => {
      const unknown = people.filter((person) => !contacts.has(personKey(person)));
      if (unknown.length > 0) {
        const { contactIds, moved: changedHands } = await resolveContacts(deps.database, unknown);
        if (changedHands) {
          // What was found for the ones before may be out of date itself: nothing of it is remembered.
          announceMoved();
          return (await resolveContacts(deps.database, people)).contactIds;
        }
        for (const [index, person] of unknown.entries()) contacts.set(personKey(person), contactIds[index] ?? '');
      }
      return people.map((person) => contacts.get(personKey(person)) ?? '');
    },
    conversationsOf: async (keys) => {
      const missing = keys.filter((key) => !conversations.has(keyOf(key)));
      for (const loaded of await loadConversations(deps.database.path, missing)) conversations.set(keyOf(loaded), loaded);
      // Copies: a turn that is not committed must leave no trace.
      return new Map(
        keys.flatMap((key) => {
          const found = conversations.get(keyOf(key));
          return found === undefined ? [] : [[keyOf(key), { ...found }] as const];
        }),
      );
    },
    keep: (conversation) => conversations.set(keyOf(conversation), conversation),
    wasDone: (messageId) => messages.has(messageId),
    done: (messageId) => messages.set(messageId, true),
    gone: new Set(),
    forget: (keys) => {
      for (const key of keys) conversations.delete(keyOf(key));
    },
    forgetAll,
    announceMoved,
  };
}

function personKey(person: Person): string {
  const identities = person.identities.map(({ kind, value }) => `${kind}:${value}`).sort();
  return `${person.organizationId}|${person.channelType}|${person.scope}|${identities.join('|')}`;
}
