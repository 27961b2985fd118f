import { z } from 'zod';

const path = z.string().min(1).max(200);

/** What pack.yaml says of the directory. */
export const directorySettings = z.strictObject({
  /** Boundaries (GeoJSON, WGS 84) and the property that holds an area's code. */
  areas: z.strictObject({ file: path, key: z.string().min(1) }),
  /** CSV: area, name, landmarks, address, hours, phone, latitude, longitude, open (may be left out). One row per area. */
  offices: path,
  /** CSV: area, role, name, phone. Shown in the order of the file. */
  officials: path,
  /** CSV: pincode, office, latitude, longitude. */
  postOffices: path,
  /** CSV files by kind: id, name, text, hours, address, phone, latitude, longitude. */
  places: z.array(z.strictObject({ kind: z.string().regex(/^[a-z][a-z-]*$/), file: path })).default([]),
  /** Where the clocks of opening hours hang, and public holidays as ISO dates. */
  timeZone: z.string().refine(isTimeZone, { error: 'no such time zone' }).default('Asia/Kolkata'),
  holidays: z.array(z.iso.date()).max(1_000).default([]),
  /** How far outside the boundaries a point may lie, in metres: piers, beaches and imprecise phones. */
  snapMetres: z.number().min(0).max(5_000).default(300),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
