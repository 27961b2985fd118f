/** GET discovery: where the endpoint is and whom to ask. */
import type { Jurisdiction } from './jurisdiction.ts';
import { writeMoment } from './protocol/moments.ts';
import { type Document, FORMATS, MIME_TYPES } from './protocol/render.ts';

export interface Discovered {
  jurisdictions: readonly Jurisdiction[];
  /** Of the endpoint, as the outside reaches it. */
  url: string;
  /** Nothing that is reported in a demo reaches an office. */
  type: 'production' | 'test';
  /** When services were last changed. */
  changedAt: Date;
}

export function discovery({ jurisdictions, url, type, changedAt }: Discovered): Document {
  const told = (field: 'contact' | 'keyService') =>
    [...new Set(jurisdictions.map(({ desk }) => desk.open311[field]))].join(' · ');
  const changeset = writeMoment(changedAt);
  return {
    root: 'discovery',
    body: {
      ...{ changeset, contact: told('contact'), key_service: told('keyService') },
      endpoints: [
        {
          ...{ specification: 'http://wiki.open311.org/GeoReport_v2', url, changeset, type },
          formats: FORMATS.map((format) => MIME_TYPES[format]),
        },
      ],
    },
  };
}
