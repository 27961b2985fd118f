import { z } from 'zod';

const path = z.string().min(1).max(200);

/** What pack.yaml says of the directory. */
export const directorySettings = z.strictObject({
  /**
   * Boundaries (GeoJSON, WGS 84) and the property that holds an area's code; or, where no boundaries are published, points
   * (CSV: area, latitude, longitude) and how far from the nearest of them a place may lie, in metres.
   */
  areas: z.union([
    z.strictObject({ file: path, key: z.string().min(1) }),
    z.strictObject({ points: path, reachMetres: z.number().min(100).max(100_000).default(10_000) }),
  ]),
  /** CSV: area, name, landmarks, address, hours, phone, latitude, longitude, open (may be left out). One row per area. */
  offices: path,
  /** CSV: area, role, name, phone. Shown in the order of the file. */
  officials: path,
  /** CSV: pincode, office, latitude, longitude, area (in place of the one where it lies; may be left out). */
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
