/** The pack `ncw` end to end: a woman in danger, the nurse on call on her own phone, the talk, and whether it helped. */
import { type Json, property } from '@hazir/core';
import { expect, test } from 'vitest';
import { type Officer, openHelpline } from './support.ts';

const PACK = '../../../packs/ncw';
/** Of `demo/officers.yaml`. */
const NURSES_PHONE = '919990000071';

const first = (body: Json, list: string): Json => {
  const found = property(body, list);
  return Array.isArray(found) ? (found[0] ?? null) : null;
};

test('a sign of danger calls the nurse on call; she writes, closes, and whoever got no help waits again', async () => {
  const at = await openHelpline({ pack: PACK });
  const { control, say } = at.stage;
  const nurse: Officer = await at.officer('nurse@demo.invalid', 'agent');
  const phone = control.addCitizen({ name: 'Rekha, own phone (demo)', phone: NURSES_PHONE });
  const citizen = control.addCitizen({ name: 'Sunita (demo)' }).id;
  const hears = (id: string, text: string) =>
    expect.poll(() => JSON.stringify(control.messages(id).at(-1)), { timeout: 20_000 }).toContain(text);
  /** Taps the first button of the last bubble. */
  const tap = async (id: string) => {
    const last = control.messages(id).findLast(({ body }) => 'buttons' in body);
    const [button] = last !== undefined && 'buttons' in last.body ? (last.body.buttons ?? []) : [];
    await say(id, { type: 'tap', choiceId: button?.id ?? '', replyTo: last?.wamid ?? '' });
  };

  for (const words of ['Hi', '1', 'English', '1']) await say(citizen, words);
  const card = at.heardBy(citizen).at(-1);
  expect(card).toContain('Call 108 or 102 now');
  expect(card).toContain('left side');
  await say(citizen, '400012');
  expect(at.heardBy(citizen).join()).toContain('KEM Hospital');
  const { body } = await nurse.get('/tickets?search=Sunita');
  const ticket = String(property(first(body, 'tickets'), 'id'));
  expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ topic: 'danger', priority: 1, desk: { code: 'nurses' } });

  // Her own phone has written nothing yet: a template, in the first language of the pack, that says nothing of what it is about.
  await hears(phone.id, 'आपका इंतज़ार कर रहा है');
  await tap(phone.id);
  expect(at.heardBy(phone.id).at(-1)).toContain('ख़तरे में पड़ी एक महिला');
  await tap(phone.id);
  expect(at.heardBy(phone.id).at(-1)).toContain('धन्यवाद');
  expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ coming: 'Rekha Nair (demo), Nurse' });

  await nurse.post(`/tickets/${ticket}/assignments`, { take: true });
  await nurse.post(`/tickets/${ticket}/messages`, { text: 'I am Rekha. Is the ambulance on its way?' });
  await hears(citizen, 'Is the ambulance');
  await nurse.post(`/tickets/${ticket}/closures`, { outcome: 'solved' });
  await hears(citizen, 'Did you get help?');
  await say(citizen, 'No');
  expect(at.heardBy(citizen).at(-1)).toContain('open again');
  expect((await nurse.get(`/tickets/${ticket}`)).body).toMatchObject({ feedback: 'no', reopened: 1, closedAt: null });
});
