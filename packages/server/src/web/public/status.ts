/**
 * Where a request stands, for whoever knows its reference and the last four digits of the phone. A wrong reference and wrong
 * digits get the same answer, and each reference has few tries in an hour: ten thousand digits are not tried through.
 */
import {
  categoryName,
  createCallCounter,
  currentState,
  eventFor,
  findPublic,
  type PublicRequest,
  referencesOf,
  textIn,
} from '@hazir/services';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { answerPage, dayIn } from './page.ts';
import type { PublicDeps } from './public-deps.ts';
import { languageFor, type Texts } from './texts.ts';

const PATH = '/status';
const HOUR_MS = 3_600_000;
const MOST_OF_ADDRESS = 300;
const MOST_OF_REFERENCE = 10;
const MOST_BYTES = 2_048;
const MOST_FIELD = 100;

/** Adds the page and its form. */
export function addStatus(app: Hono, { database, desks, now }: Omit<PublicDeps, 'slugOf'>): void {
  const tries = createCallCounter(now, HOUR_MS);
  app.get(PATH, (context) => show(context, { status: 200, told: undefined }));
  app.post(PATH, bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const typed = { reference: field(form, 'reference'), digits: field(form, 'digits') };
    const counted = referencesOf(desks(), typed.reference).map((reference) => tries.count(`of ${reference}`, MOST_OF_REFERENCE));
    const few = tries.count(`from ${addressOf(context)}`, MOST_OF_ADDRESS) && !counted.includes(false);
    if (!few) return show(context, { status: 429, told: (texts) => html`<p role="alert">${texts.often}</p>` });
    const found = await findPublic(database, desks(), typed);
    return show(context, {
      status: 200,
      told: (texts, language) =>
        found === undefined ? html`<p role="alert">${texts.none}</p>` : card(found, { texts, language }),
    });
  });
}

type Told = (texts: Texts, language: string) => ReturnType<typeof html>;

function show(context: Context, { status, told }: { status: 200 | 429; told: Told | undefined }): Promise<Response> {
  const { language, texts } = languageFor(context);
  const body = html`${told?.(texts, language) ?? ''}
<form method="post" action="${PATH}?lang=${language}" autocomplete="off">
<label for="reference">${texts.reference}</label><input id="reference" name="reference" required maxlength="40">
<label for="digits">${texts.digits}</label><input id="digits" name="digits" required inputmode="numeric" maxlength="4">
<button>${texts.look}</button></form>`;
  return answerPage(context, { title: texts.title, path: PATH, language, body, status });
}

/** No words of anybody: only what the pack has for states and moves. */
function card({ desk, row, events }: PublicRequest, { texts, language }: { texts: Texts; language: string }) {
  const day = (moment: Date) => dayIn(language, moment);
  const happened = events
    .map((event) => eventFor(desk, row, { event, as: 'follower', language }))
    .filter(({ said, type }) => said !== '' || type === 'service_request_opened')
    .map(
      ({ at, said, type }) => html`<li>${day(new Date(at))}: ${type === 'service_request_opened' ? texts.received : said}</li>`,
    );
  const expected =
    row.expected_at === null || row.closed_at !== null ? '' : html`<dt>${texts.expected}</dt><dd>${day(row.expected_at)}</dd>`;
  return html`<section aria-live="polite"><h2>${row.reference}: ${categoryName(desk, row.service_code, language)}</h2>
<dl><dt>${texts.state}</dt><dd>${textIn(currentState(desk, row).name, language, desk.defaultLanguage)}</dd>
<dt>${texts.opened}</dt><dd>${day(row.created_at)}</dd>${expected}</dl>
<h2>${texts.history}</h2><ol>${happened}</ol></section>`;
}

/** Who asks. A proxy on this machine says for whom it does. */
function addressOf(context: Context): string {
  const { address = '' } = getConnInfo(context).remote;
  const isProxy = /^(::ffff:)?127\.|^::1$/.test(address);
  return (isProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined) ?? address;
}

function field(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').slice(0, MOST_FIELD);
}
