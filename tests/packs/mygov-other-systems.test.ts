/** The MyGov pack with the simulated Co-WIN and the simulated issuer over real sockets: what comes into the chat, and what is said when they fail. */
import type { ChatItem } from '@hazir/simulator';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage, textOf } from '../support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ pack: '../../../packs/mygov' });
});

afterEach(() => misbehave({}));

async function misbehave(faults: object): Promise<void> {
  const { status } = await fetch(`${stage.served.url}/simulator/systems/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  expect(status).toBe(204);
}

/** Says each in turn, in English, and returns what came back last; answers of other systems are waited for. */
async function talk(citizen: string, ...said: readonly string[]): Promise<ChatItem[]> {
  let last: ChatItem[] = [];
  for (const text of said) {
    const after = Math.max(0, ...stage.control.messages(citizen).map(({ seq }) => seq));
    await stage.say(citizen, text);
    await expect
      .poll(
        async () => {
          await stage.quiet();
          // A file comes before its words.
          return stage.control.messages(citizen, { after }).some((item) => item.from === 'business' && textOf(item) !== '');
        },
        { timeout: 40_000, interval: 50 },
      )
      .toBe(true);
    last = stage.control.messages(citizen, { after }).filter(({ from }) => from === 'business');
  }
  return last;
}

/** Asks for a driving licence up to the name on it, with the code that came by SMS. */
async function askForLicence(citizen: string, name: string): Promise<ChatItem[]> {
  await talk(citizen, 'Hi', 'English', 'driving licence', '1');
  // The SMS is in the chat before the question for it.
  await expect
    .poll(() => stage.quiet().then(() => said(stage.control.messages(citizen))), { timeout: 40_000, interval: 50 })
    .toContain('write the six digits');
  const code = /SMS: (\d{6})/.exec(said(stage.control.messages(citizen)))?.[1] ?? '';
  return talk(citizen, code, '2', 'MH0120260000001', name);
}

const newCitizen = (): string => stage.control.addCitizen({ name: 'Citizen (test)' }).id;
const fileOf = (items: readonly ChatItem[]) => items.map(({ body }) => body).find(({ type }) => type === 'media');
const said = (items: readonly ChatItem[]): string => items.map(textOf).join('\n');

test('a document comes into the chat as a file, when the code by SMS, its number and the name are right', async () => {
  const items = await askForLicence(newCitizen(), 'asha kulkarni');
  expect(fileOf(items)).toMatchObject({ media: 'document', mimeType: 'application/pdf', fileName: 'Driving-licence.pdf' });
  expect(said(items)).toContain('Here is your document');
});

test('another name gets nothing, and is not told what was wrong', async () => {
  const items = await askForLicence(newCitizen(), 'Somebody Else');
  expect(said(items)).toContain('does not say which of the two is wrong');
  expect(fileOf(items)).toBeUndefined();
});

test('an issuer that answers nonsense says nothing about the document, and is asked again by a button', async () => {
  const citizen = newCitizen();
  await misbehave({ digilocker: { garbled: true } });
  expect(said(await askForLicence(citizen, 'Asha Kulkarni'))).toContain('says nothing about your document');
  await misbehave({});
  expect(said(await talk(citizen, 'Try again'))).toContain('Here is your document');
});

test('seats come from Co-WIN with their time, and a Co-WIN that talks nonsense is said to', async () => {
  const citizen = newCitizen();
  const today = await talk(citizen, 'Hi', 'English', 'seats today 110001');
  expect(said(today)).toMatch(/half an hour old/);
  await misbehave({ 'co-win': { garbled: true } });
  expect(said(await talk(citizen, 'seats today 400028'))).toContain('cannot read');
});
