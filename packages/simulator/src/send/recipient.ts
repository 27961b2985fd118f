/** Whom a request to send is for: `to`, a phone as people write it, or `recipient`, a business-scoped user id. */
import { type JsonObject, property } from '@hazir/core';
import { addCitizen } from '../citizens/citizens.ts';
import { citizenByPhone } from '../citizens/find.ts';
import { refuse } from '../graph/refusal.ts';
import { compact } from '../json.ts';
import type { CitizenState } from '../world.ts';
import type { Scene } from './reading.ts';

export interface Recipient {
  by: 'phone' | 'user_id';
  input: string;
  /** Digits of the phone, where it was given. */
  digits: string | undefined;
  /** None: no citizen has that number. */
  citizen: CitizenState | undefined;
}

const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Reads the recipient; `to` wins where both are given. */
export function readRecipient(body: JsonObject, scene: Scene): Recipient {
  const to = property(body, 'to');
  if (to !== undefined && to !== null && to !== '') return byPhone(to, scene);
  const recipient = property(body, 'recipient');
  if (typeof recipient !== 'string')
    return refuse(100, 'The parameter to is required.', { title: 'The parameter to is required.' });
  if (!USER_ID.test(recipient)) return refuse(131009, 'recipient must be a business-scoped user id.');
  const citizen = scene.world.byUserId.get(recipient);
  return { by: 'user_id', input: recipient, digits: undefined, citizen };
}

/** The element of the response's `contacts`. */
export function contactOfRecipient(recipient: Recipient): JsonObject {
  const { citizen, digits, by, input } = recipient;
  if (citizen === undefined) return compact({ input, wa_id: digits, user_id: by === 'user_id' ? input : undefined });
  const { phone, userId, identityMode } = citizen.citizen;
  return compact({
    input,
    wa_id: by === 'phone' || identityMode !== 'user_id_only' ? phone : undefined,
    user_id: identityMode === 'phone' ? undefined : userId,
  });
}

function byPhone(to: unknown, scene: Scene): Recipient {
  const input = typeof to === 'number' ? String(to) : to;
  if (typeof input !== 'string') return refuse(100, 'Param to must be a string.');
  if (USER_ID.test(input)) return refuse(131009, 'to must be a phone number; a business-scoped user id goes into recipient.');
  if (!/^\+?[\d\s().-]{3,40}$/.test(input)) return refuse(131009, 'to is not a valid phone number.');
  const bare = input.replace(/\D/g, '');
  if (bare.length < 5 || bare.length > 17) return refuse(131009, 'to is not a valid phone number.');
  // Without "+", a number that looks national gets the country code of the business.
  const digits = input.trim().startsWith('+') || bare.length > 10 ? bare : scene.number.countryCode + bare;
  if (digits === scene.number.digits) return refuse(131021, 'The sender and the recipient are the same phone number.');
  const allowed = scene.number.options.allowList;
  if (allowed !== undefined && !allowed.includes(digits))
    return refuse(131030, 'Add the recipient phone number to the allowed list.');
  return { by: 'phone', input, digits, citizen: citizenByPhone(scene.world, digits) ?? stranger(digits, scene) };
}

function stranger(digits: string, scene: Scene): CitizenState | undefined {
  if (scene.world.settings.unknownRecipients !== 'create') return undefined;
  return addCitizen(scene.world, { name: `+${digits}`, phone: digits });
}
