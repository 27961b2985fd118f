/** What flows may ask of the directory. Texts come in the citizen's language. */
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import type { Point } from '../data/geometry.ts';
import { type Localized, textIn } from '../data/localized.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import type { Areas } from './areas.ts';
import type { FindNamed } from './names.ts';
import type { Office } from './offices.ts';
import { isOpen, type LocalCalendar } from './opening-hours.ts';
import { nearestPlaces, type Place } from './places.ts';
import type { PostOffices } from './post-offices.ts';

export interface DirectoryData {
  areas: Areas;
  /** By area code. */
  offices: ReadonlyMap<string, Office>;
  postOffices: PostOffices;
  places: readonly Place[];
  named: FindNamed;
  /** Kinds of places that the pack has. */
  kinds: readonly string[];
  calendar: LocalCalendar;
  defaultLanguage: string;
}

type Translate = (text: Localized) => string;

const badInput = 'directory:bad-input';
const point = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
const place = z.union([
  point,
  z.object({ pin: z.string().max(40) }),
  z.object({ name: z.string().max(500).describe('Words that name it, in any script.') }),
]);
const area = z.object({ code: z.string(), name: z.string(), landmarks: z.string() });
const pin = z.object({ latitude: z.number(), longitude: z.number(), name: z.string(), address: z.string() });
const contact = z.object({ name: z.string(), phones: z.array(z.object({ phone: z.string() })) });
const official = z.object({ role: z.string(), name: z.string(), phone: z.string() });
const office = z.object({
  code: z.string(),
  name: z.string(),
  landmarks: z.string(),
  address: z.string(),
  hours: z.string(),
  openNow: z.enum(['yes', 'no', 'unknown']).describe('Unknown where the pack does not say.'),
  phone: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  officials: z.array(official),
  officialsText: z.string().describe('The officials, one a line: role and phone.'),
  position: pin.describe('For a map pin.'),
  contact: contact.describe('For a contact card of the office.'),
});
const placeCard = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  text: z.string(),
  hours: z.string(),
  address: z.string(),
  phone: z.string(),
  position: pin.nullable().describe('For a map pin; null for what has no place.'),
  metres: z.number().int().nullable().describe('Distance as the crow flies; null where it was not asked for.'),
});

/** The operations over a pack's data. */
export function directoryOperations(data: DirectoryData): Operation[] {
  return [areasAt(data), officeOf(data), placesOf(data), near(data)];
}

function areasAt(data: DirectoryData): Operation {
  return defineOperation({
    name: 'directory.areasAt',
    summary:
      'The areas that a location, a PIN code or a named place lies in: none outside, one for a location, several for some PIN codes and names.',
    input: z.object({ place }),
    output: z.array(area),
    badInput,
    run: async (input, { subject }) => {
      const translate = translator(data, subject.language);
      return done(codesAt(data, input.place).flatMap((code) => areaCard(data.offices.get(code), translate)));
    },
  });
}

function officeOf(data: DirectoryData): Operation {
  return defineOperation({
    name: 'directory.office',
    summary: "An area's office with its address, hours, phone, map pin and officials.",
    input: z.object({ area: z.string().max(100).describe('Code of the area.') }),
    output: office,
    badInput,
    run: async (input, { subject, now }) => {
      const found = data.offices.get(input.area);
      if (found === undefined) return failed('directory:unknown-area', 'No area has this code.');
      return done({ ...officeCard(found, translator(data, subject.language)), openNow: openNow(found, now, data.calendar) });
    },
  });
}

function placesOf(data: DirectoryData): Operation {
  return defineOperation({
    name: 'directory.places',
    summary: 'All places of a kind, in the order of the pack.',
    input: z.object({ kind: kindOf(data) }),
    output: z.array(placeCard),
    badInput,
    run: async ({ kind }, { subject }) => {
      const translate = translator(data, subject.language);
      return done(ofKind(data, kind).map((each) => card(each, null, translate)));
    },
  });
}

function near(data: DirectoryData): Operation {
  return defineOperation({
    name: 'directory.near',
    summary: 'The places of a kind nearest to a location, a PIN code or a named place, with their distance in metres.',
    input: z.object({ place, kind: kindOf(data), limit: z.number().int().min(1).max(20).default(5) }),
    output: z.array(placeCard),
    badInput,
    run: async ({ place, kind, limit }, { subject }) => {
      const from = pointOf(data, place);
      const translate = translator(data, subject.language);
      const found = from === undefined ? [] : nearestPlaces(ofKind(data, kind), from, limit);
      return done(found.map(({ place: each, metres }) => card(each, metres, translate)));
    },
  });
}

function kindOf({ kinds }: DirectoryData) {
  return z
    .string()
    .refine((kind) => kinds.includes(kind), { error: 'no places of this kind' })
    .describe(`One of: ${kinds.join(', ')}.`);
}

type PlaceInput = Point | { pin: string } | { name: string };

function pointOf({ postOffices, named }: DirectoryData, place: PlaceInput): Point | undefined {
  if ('pin' in place) return postOffices.middleOf(place.pin);
  return 'name' in place ? named(place.name)?.point : place;
}

function codesAt({ areas, postOffices, named }: DirectoryData, place: PlaceInput): string[] {
  if ('pin' in place) return postOffices.areasOf(place.pin);
  if ('name' in place) return named(place.name)?.areas ?? [];
  const code = areas.at(place);
  return code === undefined ? [] : [code];
}

function ofKind({ places }: DirectoryData, kind: string): Place[] {
  return places.filter((each) => each.kind === kind);
}

function translator({ defaultLanguage }: DirectoryData, language: string): Translate {
  return (text) => textIn(text, language, defaultLanguage);
}

function areaCard(found: Office | undefined, translate: Translate): z.output<typeof area>[] {
  return found === undefined ? [] : [{ code: found.code, name: translate(found.name), landmarks: translate(found.landmarks) }];
}

function openNow({ open }: Office, now: Date, calendar: LocalCalendar): z.output<typeof office>['openNow'] {
  if (open === undefined) return 'unknown';
  return isOpen(open, now, calendar) ? 'yes' : 'no';
}

function officeCard(found: Office, translate: Translate): Omit<z.output<typeof office>, 'openNow'> {
  const { code, phone, latitude, longitude } = found;
  const [name, address] = [translate(found.name), translate(found.address)];
  const officials = found.officials.map((each) => ({
    role: translate(each.role),
    name: translate(each.name),
    phone: each.phone,
  }));
  return {
    code,
    name,
    landmarks: translate(found.landmarks),
    address,
    hours: translate(found.hours),
    phone,
    latitude,
    longitude,
    officials,
    officialsText: officials.map((each) => `${each.role}: ${each.phone}`).join('\n'),
    position: { latitude, longitude, name, address },
    contact: { name, phones: [{ phone }] },
  };
}

function card(found: Place, metres: number | null, translate: Translate): z.output<typeof placeCard> {
  const [name, address] = [translate(found.name), translate(found.address)];
  return {
    id: found.id,
    kind: found.kind,
    name,
    text: translate(found.text),
    hours: translate(found.hours),
    address,
    phone: found.phone,
    position: found.point === undefined ? null : { ...found.point, name, address },
    metres,
  };
}
