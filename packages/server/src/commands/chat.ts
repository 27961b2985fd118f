/** The phone in a terminal: the same control API as the page, one citizen, lines in and bubbles out. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HazirError } from '@hazir/core';
import type { ChatBody, ChatItem, CitizenMessage, SimulatorState } from '@hazir/simulator';
import type { Command } from 'commander';
import { request } from 'undici';
import { readConfig } from '../config.ts';
import { print } from './output.ts';

interface Options {
  server?: string;
  citizen: string;
  number?: string;
}

const LOOK_MS = 150;
const HELP = `Write as a citizen would. A number taps an option.
  /location 19.0178,72.8478   share a location
  /photo FILE   /document FILE   send a file
  /quit`;

export function addChatCommand(program: Command): void {
  program
    .command('chat')
    .description('be a citizen in the terminal; needs a running demo or simulator')
    .option('--server <url>', 'address of the server; default: this machine, HAZIR_PORT')
    .option('--citizen <id>', 'who to be', 'asha')
    .option('--number <id>', 'phone-number id to write to; default: the first')
    .addHelpText('after', `\n${HELP}`)
    .action(chat);
}

/** What the last bubble offered, so that a number can tap it. */
interface Offer {
  wamid: string;
  choices: { id: string; label: string }[];
}

async function chat(options: Options): Promise<void> {
  const api = `${options.server ?? `http://127.0.0.1:${readConfig(process.env).port}`}/simulator/api`;
  const state = await getJson<SimulatorState>(`${api}/state`);
  const numberId = options.number ?? state.numbers[0]?.numberId ?? '';
  if (!state.citizens.some((citizen) => citizen.id === options.citizen)) {
    throw new HazirError('usage:citizen', `There is no citizen "${options.citizen}".`, {
      hint: `There are: ${state.citizens.map(({ id }) => id).join(', ')}.`,
    });
  }
  const place = { api: `${api}/citizens/${encodeURIComponent(options.citizen)}`, media: `${api}/media`, numberId };
  print(`You write to ${state.numbers.find((number) => number.numberId === numberId)?.name}. /help for help.`);
  let offer: Offer | undefined;
  let open = true;
  const watch = watchBubbles(place, { open: () => open, shown: (item) => (offer = offerOf(item) ?? offer) });
  const lines = createInterface({ input: process.stdin, terminal: false });
  for await (const line of lines) {
    if (line.trim() === '/quit') break;
    if (line.trim() === '/help') print(HELP);
    else if (line.trim() !== '') await sendLine(place, line.trim(), offer);
  }
  // Piped input ends at once: the last answer is still on its way.
  await delay(LOOK_MS * 10);
  open = false;
  await watch;
}

/** A file that cannot be read is said, and the chat goes on. */
async function sendLine(place: Place, line: string, offer: Offer | undefined): Promise<void> {
  try {
    await send(place, await messageOf(place, line, offer));
  } catch (error) {
    print(`(not sent: ${error instanceof Error ? error.message : String(error)})`);
  }
}

interface Place {
  api: string;
  media: string;
  numberId: string;
}

async function messageOf(place: Place, line: string, offer: Offer | undefined): Promise<CitizenMessage> {
  const { numberId } = place;
  const [, latitude, longitude] = /^\/location\s+(-?[\d.]+)\s*,\s*(-?[\d.]+)$/.exec(line) ?? [];
  if (latitude !== undefined && longitude !== undefined)
    return { numberId, type: 'location', latitude: Number(latitude), longitude: Number(longitude) };
  const [, kind, path] = /^\/(photo|document)\s+(.+)$/.exec(line) ?? [];
  if (path !== undefined) {
    const mediaId = await upload(place.media, path, kind === 'photo' ? 'image/jpeg' : 'application/pdf');
    return { numberId, type: 'media', media: kind === 'photo' ? 'image' : 'document', mediaId, fileName: basename(path) };
  }
  const choice = /^\d{1,2}$/.test(line) ? offer?.choices[Number(line) - 1] : undefined;
  return offer !== undefined && choice !== undefined
    ? { numberId, type: 'tap', choiceId: choice.id, replyTo: offer.wamid }
    : { numberId, type: 'text', text: line };
}

async function watchBubbles(place: Place, on: { open: () => boolean; shown: (item: ChatItem) => void }): Promise<void> {
  const shown = new Set<string>();
  for (let after = 0; on.open(); await delay(LOOK_MS)) {
    const { items } = await getJson<{ items: ChatItem[] }>(`${place.api}/messages?numberId=${place.numberId}&after=${after}`);
    for (const item of items) {
      after = Math.max(after, item.seq);
      if (item.from === 'citizen' || shown.has(item.wamid)) continue;
      shown.add(item.wamid);
      print(`\n${draw(item.body)}\n`);
      on.shown(item);
    }
  }
}

function offerOf(item: ChatItem): Offer | undefined {
  const choices = choicesOf(item.body);
  return choices.length === 0 ? undefined : { wamid: item.wamid, choices };
}

function choicesOf(body: ChatBody): Offer['choices'] {
  if (body.type === 'buttons' || body.type === 'template') return body.buttons;
  return body.type === 'list' ? body.sections.flatMap((section) => section.rows) : [];
}

function draw(body: ChatBody): string {
  const options = choicesOf(body).map(({ label }, index) => `  [${index + 1}] ${label}`);
  switch (body.type) {
    case 'location':
      return `📍 ${body.name ?? ''} ${body.address ?? ''} (${body.latitude}, ${body.longitude})`;
    case 'contacts':
      return body.contacts.map(({ name, phones }) => `👤 ${name}: ${phones.join(', ')}`).join('\n');
    case 'media':
      return `📎 ${body.media} ${body.fileName ?? ''} ${body.caption ?? ''}`;
    case 'link':
      return `${body.text}\n  ${body.label}: ${body.url}`;
    case 'location_request':
      return `${body.text}\n  [/location lat,long]`;
    case 'unsupported':
      return `(${body.detail})`;
    default:
      return [body.text, ...options].join('\n');
  }
}

async function getJson<Answer>(url: string): Promise<Answer> {
  try {
    const { body } = await request(url);
    const answer: Answer = JSON.parse(await body.text());
    return answer;
  } catch (cause) {
    throw new HazirError('chat:no-simulator', `No simulator answers at ${new URL(url).origin}.`, {
      hint: 'Run "npm start" in another terminal first.',
      cause,
    });
  }
}

async function send(place: Place, message: CitizenMessage): Promise<void> {
  const { statusCode, body } = await request(`${place.api}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  const answer = await body.text();
  if (statusCode >= 400) print(`(not sent: ${answer})`);
}

async function upload(url: string, path: string, mimeType: string): Promise<string> {
  const bytes = await readFile(path);
  const { body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': mimeType, 'x-file-name': encodeURIComponent(basename(path)) },
    body: bytes,
  });
  const { mediaId }: { mediaId: string } = JSON.parse(await body.text());
  return mediaId;
}
