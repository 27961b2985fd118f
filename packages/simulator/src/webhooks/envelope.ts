/** Meta's envelope of webhooks, and the bytes that are signed and sent. */
import { isJsonObject, type Json, type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import type { Draw } from '../random.ts';
import type { Update } from '../world.ts';

export interface EnvelopeUpdate extends Update {
  businessId: string;
  /** Counts the updates of a run. */
  index: number;
}

/**
 * Puts updates into one envelope. Meta does not say which of its arrays grows in a batch, so neither do we: each update
 * joins the value, the changes or the entries before it as the draw decides, where it may.
 */
export function envelopeOf(updates: readonly EnvelopeUpdate[], now: number, draw: Draw): JsonObject {
  const entries: JsonObject[] = [];
  let last: { update: EnvelopeUpdate; entry: JsonObject; changes: Json[]; value: JsonObject } | undefined;
  for (const update of updates) {
    const place = draw();
    if (last !== undefined && place < 0.5 && mergeable(last.update, update)) {
      merge(last.value, update.value);
      continue;
    }
    const value = { ...update.value };
    const change: JsonObject = { value, field: update.field };
    if (last !== undefined && place < 0.8 && last.update.businessId === update.businessId) {
      last.changes.push(change);
      last = { ...last, update, value };
      continue;
    }
    const changes: Json[] = [change];
    const time = update.kind === 'management' ? { time: Math.floor(now / 1000) } : {};
    const entry: JsonObject = { id: update.businessId, ...time, changes };
    entries.push(entry);
    last = { update, entry, changes, value };
  }
  return { object: 'whatsapp_business_account', entry: entries };
}

/** Serialises; escaped as Meta's own signature example has it: non-ASCII as \uXXXX and slashes as \/. */
export function bytesOf(body: JsonObject, escaped: boolean): Buffer {
  const text = JSON.stringify(body);
  if (!escaped) return Buffer.from(text);
  const ascii = text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(ascii.replaceAll('/', '\\/'));
}

function mergeable(a: EnvelopeUpdate, b: EnvelopeUpdate): boolean {
  return a.field === 'messages' && b.field === 'messages' && a.kind === b.kind && a.numberId === b.numberId;
}

function merge(into: JsonObject, from: JsonObject): void {
  for (const list of ['messages', 'statuses']) {
    const more = listProperty(from, list);
    if (more.length > 0) into[list] = [...listProperty(into, list), ...more];
  }
  const known = listProperty(into, 'contacts');
  const names = new Set(known.map(contactKey));
  const more = listProperty(from, 'contacts').filter((contact) => !names.has(contactKey(contact)));
  if (known.length + more.length > 0) into.contacts = [...known, ...more];
}

function contactKey(contact: Json): string {
  if (!isJsonObject(contact)) return '';
  return textProperty(contact, 'user_id') ?? String(property(contact, 'wa_id'));
}
