import { z } from 'zod';

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
