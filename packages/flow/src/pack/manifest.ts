import { findLanguage, LANGUAGES, NUMBERING_SYSTEMS } from '@hazir/language';
import { z } from 'zod';
import { RESCUERS } from '../danger/numbers.ts';
import { duration } from '../nodes/fields.ts';

const languageTag = z
  .string()
  .refine((tag) => findLanguage(tag)?.tag === tag, { error: `must be one of ${LANGUAGES.map(({ tag }) => tag).join(', ')}` })
  .describe('Language, by its BCP-47 tag.');

const json = z.json().describe('Any value.');

/** pack.yaml. */
export const manifestSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .max(40)
      .describe('Id of the pack; the name of its folder.'),
    name: z.record(z.string(), z.string().min(1)).describe('Name of the service, by language.'),
    languages: z.array(languageTag).min(1).max(13).describe('Languages, each with complete texts; offered in this order.'),
    defaultLanguage: languageTag.describe('Language in which somebody is met whose language is not known.'),
    entry: z.string().describe('Flow in which a conversation begins.'),
    menu: z.string().optional().describe('Flow that "menu" opens; the entry when absent.'),
    opens: z
      .strictObject({
        photo: z.string().optional().describe('Flow that takes a photo.'),
        document: z.string().optional().describe('Flow that takes a document.'),
        voice: z.string().optional().describe('Flow that takes a voice message.'),
        place: z.string().optional().describe('Flow that takes a location or a PIN code.'),
        question: z.string().optional().describe('Flow that answers a question which no flow claims, as `input.text`.'),
      })
      .optional()
      .describe(
        'Flows that take what is sent at rest or at a menu, as `input.photo`, `input.document`, `input.voice` or `input.place`.',
      ),
    helpline: z
      .union([z.string(), z.array(z.string()).min(1)])
      .optional()
      .describe('Helpline numbers; the first is told to whoever asks for a person.'),
    emergency: z
      .partialRecord(
        z.enum(RESCUERS),
        z.strictObject({
          phone: z
            .string()
            .regex(/^[+0-9][0-9 ]{1,18}$/)
            .describe('As people dial it.'),
          source: z.string().min(1).describe('Who says so.'),
          asOf: z
            .string()
            .regex(/^\d{4}-\d{2}(-\d{2})?$/)
            .describe('When it was last looked at, 2026-11.'),
        }),
      )
      .optional()
      .describe(
        'Whom to call in danger, where it is not the national number: any, ambulance, fire, women, child, mind, poison, gas.',
      ),
    services: z.record(z.string(), json).optional().describe('Citizen services used, each with its settings.'),
    settings: z.record(z.string(), json).optional().describe('Values that expressions read as `settings`.'),
    hosts: z
      .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/))
      .optional()
      .describe('Hosts that "fetch" may ask, for example api.example.org.'),
    sessionTimeout: duration.optional().describe('Silence after which a conversation begins anew, for example 24h.'),
    understanding: z
      .strictObject({
        accept: z.number().min(-1).max(2).optional().describe('From this score on a flow is opened; 0.45 when absent.'),
        clarify: z.number().min(-1).max(2).optional().describe('From this score on the citizen is asked; 0 when absent.'),
        within: z
          .number()
          .min(0)
          .max(2)
          .optional()
          .describe('How far below the best a flow is still asked about; 0.5 when absent.'),
      })
      .optional()
      .describe('How sure Hazir must be of free text, where the usual scores do not fit the pack.'),
    timeZone: z.string().optional().describe('IANA time zone in which dates are shown; Asia/Kolkata when absent.'),
    digits: z
      .record(z.string(), z.enum(NUMBERING_SYSTEMS))
      .optional()
      .describe('Digits by language, where they differ from the usual ones.'),
  })
  .describe('What a pack is: its name, languages, entry and settings.');

export type Manifest = z.infer<typeof manifestSchema>;
