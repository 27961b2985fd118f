/** Simulated citizens: who they are, and what changes about them. */
import { remember } from '../bounded.ts';
import { userIdFor } from '../ids.ts';
import { compact } from '../json.ts';
import type { InitialCitizen } from '../options.ts';
import type { Citizen, CitizenChange } from '../protocol.ts';
import { deliverWaiting } from '../send/statuses.ts';
import type { CitizenState, World } from '../world.ts';
import { contactOf, identityOf } from './identity.ts';
import { sendSystem } from './inbound.ts';

const MOST_CITIZENS = 200_000;

/** Adds a citizen; one without a phone gets a number that belongs to nobody. The oldest go when there are too many. */
export function addCitizen(world: World, given: InitialCitizen): CitizenState {
  world.count.citizen += 1;
  const phone = given.phone ?? `919990${String(world.count.citizen).padStart(6, '0')}`;
  const citizen: Citizen = {
    id: given.id ?? `c${world.count.citizen}`,
    name: given.name,
    phone,
    userId: userIdFor(world.settings.seed, phone, 0),
    ...(given.username === undefined ? {} : { username: given.username }),
    identityMode: given.identityMode ?? (given.username === undefined ? 'phone_and_user_id' : 'user_id_only'),
    readReceipts: true,
    online: true,
    onWhatsApp: true,
    marketing: 'resumed',
  };
  const state: CitizenState = {
    citizen,
    rotation: 0,
    pairs: new Map(),
    items: [],
    undelivered: [],
    unsent: [],
    listeners: new Set(),
  };
  remember(world.citizens, citizen.id, state, MOST_CITIZENS);
  remember(world.byPhone, citizen.phone, state, MOST_CITIZENS);
  remember(world.byUserId, citizen.userId, state, MOST_CITIZENS);
  return state;
}

/** Changes a citizen; the business learns of it as WhatsApp would tell it. */
export function changeCitizen(world: World, state: CitizenState, change: CitizenChange): Citizen {
  const { citizen } = state;
  if (change.name !== undefined) citizen.name = change.name;
  if (change.identityMode !== undefined) citizen.identityMode = change.identityMode;
  if (change.onWhatsApp !== undefined) citizen.onWhatsApp = change.onWhatsApp;
  if (change.readReceipts !== undefined) citizen.readReceipts = change.readReceipts;
  if (change.phone !== undefined && change.phone !== citizen.phone) changePhone(world, state, change.phone);
  else if (change.rotateUserId === true) rotateUserId(world, state);
  if (change.marketing !== undefined && change.marketing !== citizen.marketing) changeMarketing(world, state, change.marketing);
  if (change.online !== undefined) goOnline(world, state, change.online);
  return citizen;
}

function goOnline(world: World, state: CitizenState, online: boolean): void {
  state.citizen.online = online;
  if (!online) return;
  for (const send of state.unsent.splice(0)) send();
  deliverWaiting(world, state);
}

function changePhone(world: World, state: CitizenState, phone: string): void {
  const { citizen } = state;
  const previous = citizen.phone;
  world.byPhone.delete(previous);
  citizen.phone = phone;
  world.byPhone.set(phone, state);
  if (citizen.identityMode !== 'user_id_only') {
    const body = `User ${citizen.name} changed from ${previous} to ${phone}`;
    sendSystem(world, state, { from: previous, system: { body, wa_id: phone, type: 'user_changed_number' } });
  }
  rotateUserId(world, state);
}

function rotateUserId(world: World, state: CitizenState): void {
  const { citizen } = state;
  const previous = citizen.userId;
  state.rotation += 1;
  world.byUserId.delete(previous);
  citizen.userId = userIdFor(world.settings.seed, citizen.phone, state.rotation);
  world.byUserId.set(citizen.userId, state);
  if (citizen.identityMode === 'phone') return;
  const body = `User ${citizen.name} changed their user id`;
  const system = { body, type: 'user_changed_user_id', user_id: citizen.userId, previous_user_id: previous };
  sendSystem(world, state, { from: undefined, system });
}

function changeMarketing(world: World, state: CitizenState, marketing: 'resumed' | 'stopped'): void {
  const { citizen } = state;
  citizen.marketing = marketing;
  const now = world.schedule.now();
  for (const [numberId, pair] of state.pairs) {
    const options = world.numbers.get(numberId)?.options;
    if (options === undefined) continue;
    const known = identityOf(state, pair, now);
    const value = marketing === 'stopped' ? 'stop' : 'resume';
    const preference = compact({
      wa_id: known.phone,
      user_id: known.userId,
      detail: `User requested to ${value} marketing messages`,
      category: 'marketing_messages',
      value,
      timestamp: Math.floor(now / 1000),
    });
    world.publish({
      numberId,
      field: 'user_preferences',
      kind: 'management',
      lane: citizen.id,
      value: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: options.displayPhone.replace(/\D/g, ''), phone_number_id: numberId },
        contacts: [contactOf(state, known)],
        user_preferences: [preference],
      },
    });
  }
}
