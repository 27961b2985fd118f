import { z } from 'zod';

const path = z.string().min(1).max(200);

/** What pack.yaml says of the directory. */
export const directorySettings = z.strictObject({
  /** Boundaries (GeoJSON, WGS 84) and the property that holds an area's code. */
  areas: z.strictObject({ file: path, key: z.string().min(1) }),
  /** CSV: area, name, landmarks, address, hours, phone, latitude, longitude. One row per area. */
  offices: path,
  /** CSV: area, role, name, phone. Shown in the order of the file. */
  officials: path,
  /** CSV: pincode, office, latitude, longitude. */
  postOffices: path,
  /** CSV files by kind: id, name, text, hours, address, phone, latitude, longitude. */
  places: z.array(z.strictObject({ kind: z.string().regex(/^[a-z][a-z-]*$/), file: path })).default([]),
  /** How far outside the boundaries a point may lie, in metres: piers, beaches and imprecise phones. */
  snapMetres: z.number().min(0).max(5_000).default(300),
});

/** A position in a CSV column, in degrees; empty becomes undefined. */
export const optionalDegrees = (most: number) =>
  z
    .string()
    .default('')
    .transform((text) => (text === '' ? undefined : Number(text)))
    .refine((value) => value === undefined || (Number.isFinite(value) && Math.abs(value) <= most), {
      error: `must be a number of degrees from -${most} to ${most}`,
    });

/** A position in a CSV column that must be there. */
export const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, { error: 'must be a number of degrees, for example 19.0178' })
    .transform(Number)
    .refine((value) => Math.abs(value) <= most, { error: `must lie between -${most} and ${most}` });
