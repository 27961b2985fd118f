import { z } from 'zod';

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

const caption = z.string().optional().describe('Words below it.');

const citizen = z
  .union([
    z.union([z.string(), z.number()]).describe('A text message.'),
    z.strictObject({ tap: z.union([z.string(), z.number()]).describe('Label or id of an option on show.') }),
    z.strictObject({
      location: z
        .strictObject({
          latitude: z.number().min(-90).max(90).describe('Degrees north.'),
          longitude: z.number().min(-180).max(180).describe('Degrees east.'),
          name: z.string().optional().describe('Name of the place.'),
          address: z.string().optional().describe('Address of the place.'),
        })
        .describe('A shared location.'),
    }),
    z.strictObject({ photo: z.literal(true).describe('A photo.'), caption }),
    z.strictObject({
      document: z.literal(true).describe('A document.'),
      fileName: z.string().optional().describe('Name of the file.'),
      caption,
    }),
    z.strictObject({
      voice: z.literal(true).describe('A voice message.'),
      says: z.string().optional().describe('What a provider of speech hears in it; when absent there is no provider.'),
      confidence: z.number().min(0).max(1).optional().describe('How sure it is; it does not say when absent.'),
    }),
    z.strictObject({ sticker: z.literal(true).describe('A sticker.') }),
    z.strictObject({ wait: z.string().describe('Time that passes: PT1H, P1D, or 1h, 3d; or until a time of day: until 18:05.') }),
    z.strictObject({
      answer: z
        .strictObject({
          status: z.int().min(100).max(599).optional().describe('HTTP status; 200 when absent.'),
          body: z.json().optional().describe('JSON body.'),
          error: z
            .string()
            .regex(/^fetch:[a-z0-9-]+$/)
            .optional()
            .describe('What went wrong instead: fetch:timeout, fetch:unreachable, fetch:busy, fetch:not-json ...'),
        })
        .describe('What the next outside system that is asked answers.'),
    }),
  ])
  .describe('What the citizen sends, or what happens.');

const point = z.strictObject({
  latitude: z.number().describe('Degrees north.'),
  longitude: z.number().describe('Degrees east.'),
});

const officer = z
  .strictObject({
    does: z
      .string()
      .describe('A move of the request\'s life cycle, "transfer", "merge", or "open" for a request of another citizen.'),
    request: z.string().optional().describe('Its reference, mostly {reference} of an earlier capture.'),
    post: z.string().optional().describe('The post that the officer holds; without one, whoever runs Hazir acts.'),
    note: z.string().optional().describe('What the citizen reads about it.'),
    reason: z.string().optional().describe('Code of a reason of the move.'),
    photo: point.optional().describe('Where a photo was taken that is evidence.'),
    to: z
      .strictObject({
        category: z.string().optional().describe('Code of a category.'),
        department: z.string().optional().describe('Code of a department.'),
        area: z.string().optional().describe('Code of an area.'),
        post: z.string().optional().describe('Code of a post.'),
      })
      .optional()
      .describe('Where a transfer goes.'),
    into: z.string().optional().describe('Reference of the request with which another is merged.'),
    opens: z
      .strictObject({
        category: z.string().describe('Code of its category.'),
        place: point.optional().describe('Where it is.'),
        area: z.string().optional().describe('Code of its area.'),
      })
      .optional()
      .describe('What another citizen reports.'),
    capture: z.string().optional().describe('Name under which the reference is kept.'),
  })
  .describe('An officer acts in the meantime, or another citizen.');

const hazir = z
  .strictObject({
    text: oneOrMore.optional().describe('Keys of texts that must be said, for example find-officials.where or hazir.stuck.'),
    contains: oneOrMore.optional().describe('Words that must be in what is said.'),
    lacks: oneOrMore.optional().describe('Words that must not be in what is said.'),
    options: z
      .array(z.union([z.string(), z.number()]))
      .optional()
      .describe('Labels or ids of the options, in order; rows to turn pages are not counted.'),
    offers: z.enum(['location', 'contact']).optional().describe('A request for a location or a phone number.'),
    contact: z.boolean().optional().describe('Whether contact cards are sent.'),
    location: z.boolean().optional().describe('Whether a map pin is sent.'),
    link: z.union([z.boolean(), z.string()]).optional().describe('Whether a link is sent, or what is in its address.'),
    photo: z.boolean().optional().describe('Whether a photo is sent.'),
    document: z.boolean().optional().describe('Whether a document is sent.'),
    template: z.string().optional().describe('Name of the template that is sent.'),
    none: z.literal(true).optional().describe('Nothing is said.'),
    state: z
      .strictObject({
        flow: z.string().optional().describe('Flow that waits.'),
        node: z.string().optional().describe('Node that waits.'),
        resting: z.boolean().optional().describe('True: nothing is waited for.'),
      })
      .optional()
      .describe('Where the conversation stands then.'),
    saves: z.record(z.string(), z.json()).optional().describe('Values that the flow has saved then.'),
    capture: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.string().min(1).max(60))
      .optional()
      .describe('Pieces to keep by name: # is a digit, ? a letter or digit. Later {name} stands for it.'),
  })
  .describe('What Hazir must answer.');

/** conversations/<name>.yaml. */
export const conversationSchema = z
  .strictObject({
    conversation: z.string().min(1).describe('What the conversation shows, one sentence.'),
    language: z.string().optional().describe('Language that the citizen has chosen before; not known when absent.'),
    name: z.string().optional().describe('Name of the citizen.'),
    phone: z.string().optional().describe('Phone number of the citizen, E.164 digits.'),
    steps: z
      .array(z.union([z.strictObject({ citizen }), z.strictObject({ officer }), z.strictObject({ hazir })]))
      .min(1)
      .describe('Steps in order.'),
  })
  .describe('A conversation that must come out as written.');

export type CitizenSource = z.infer<typeof citizen>;
export type OfficerSource = z.infer<typeof officer>;
export type HazirSource = z.infer<typeof hazir>;
