/**
 * Takes Meta's own webhook, request and response samples out of the WhatsApp Cloud API Postman collection into testdata.
 *
 *   node packages/channels/tools/extract-postman.ts PATH/cloud-api.postman_collection.json
 *
 * Samples stay as Meta wrote them, except that words standing for a value (TIMESTAMP, "<WA_ID>") become a plausible
 * value, because several samples are no JSON with them: a word without quotes becomes a number, one in quotes a text.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isJsonObject, type Json, listProperty, property, textProperty } from '@hazir/core';

const citizen = '16315551234';

/** Values for placeholders, by the key that they stand at. */
const values: Readonly<Record<string, string>> = {
  currency: 'INR',
  display_phone_number: '16505553333',
  emoji: '👍',
  expiration_timestamp: '1603145601',
  from: citizen,
  item_price: '30',
  latitude: '19.0760',
  link: 'https://example.org/file',
  longitude: '72.8777',
  name: 'sample_name',
  phone_number_id: '106540352242922',
  quantity: '2',
  recipient_id: citizen,
  timestamp: '1603059201',
  wa_id: citizen,
};

/** Words in brackets or capitals stand for a value; some samples use plain words instead. */
const placeholder = /^(<.*>|[A-Z_]+|http\(s\):\/\/.*)$/;
const plainPlaceholders: ReadonlySet<string> = new Set([
  'message_timestamp',
  'notification_timestamp',
  'number-of-item',
  'phone-number-id',
  'price-currency',
  'sender_wa_id',
  'template-name',
  'unitary-price-of-item',
]);

const [collection] = process.argv.slice(2);
if (collection === undefined) throw new Error('Name the Postman collection.');
const samples = walk(JSON.parse(readFileSync(collection, 'utf8')), []);
const sends = samples.filter(({ method, url }) => method === 'POST' && url.endsWith('/messages'));
const media = samples.filter(({ path }) => path.startsWith('Media/') && !path.endsWith('Download Media'));

write(
  'meta-webhooks',
  samples.filter(({ method }) => method === 'VIEW').map(({ name, raw }) => ({ name, body: repair(raw) })),
);
write(
  'meta-sends',
  sends.map(({ path, raw, response }) => ({ name: path, body: repair(raw), response })),
);
write(
  'meta-media',
  media.map(({ path, response }) => ({ name: path, response })),
);

interface Sample {
  name: string;
  path: string;
  method: string;
  url: string;
  raw: string;
  /** The body of the first sample response, as text: not all of them are JSON. */
  response: string;
}

function walk(folder: Json, above: string[]): Sample[] {
  return listProperty(folder, 'item').flatMap((item) => {
    const name = textProperty(item, 'name') ?? '';
    const path = [...above, name];
    if (property(item, 'item') !== undefined) return walk(item, path);
    const request = property(item, 'request');
    return {
      name,
      path: path.join('/'),
      method: textProperty(request, 'method') ?? '',
      url: textProperty(property(request, 'url'), 'raw') ?? '',
      raw: textProperty(property(request, 'body'), 'raw') ?? '',
      response: textProperty(listProperty(item, 'response')[0], 'body') ?? '',
    };
  });
}

function repair(raw: string): Json {
  const text = raw.replace(/:\s*[A-Z][A-Z_]+(?=\s*[,}\n])/g, ': 0').replace(/,(\s*[}\]])/g, '$1');
  return fill(JSON.parse(text), '');
}

function fill(value: Json, key: string): Json {
  if (Array.isArray(value)) return value.map((each) => fill(each, key));
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, name)]));
  const replacement = values[key];
  if (replacement === undefined) return value;
  if (value === 0) return Number(replacement);
  if (typeof value !== 'string') return value;
  return placeholder.test(value) || plainPlaceholders.has(value) ? replacement : value;
}

function write(name: string, content: Json): void {
  writeFileSync(new URL(`../src/whatsapp/testdata/${name}.json`, import.meta.url), `${JSON.stringify(content, null, 1)}\n`);
}
