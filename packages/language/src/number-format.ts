/**
 * The one place that formats numbers. ICU's defaults for Indian locales disagree with each other (some group by
 * thousands, some write native digits and some do not), so every number is grouped as `en-IN` does, in lakh and crore,
 * and written in the digits that the caller names.
 */
import type { NumberingSystem } from './numerals.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A cached number format with lakh and crore grouping in the digits of the system. */
export function numberFormat(digits: NumberingSystem, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${digits}${JSON.stringify(options)}`;
  const cached = formats.get(key);
  if (cached !== undefined) return cached;
  const created = new Intl.NumberFormat(`en-IN-u-nu-${digits}`, options);
  formats.set(key, created);
  return created;
}

/** Formats a number, for example 1234567 as 12,34,567 or १२,३४,५६७. */
export function formatNumber(value: number, digits: NumberingSystem, options: Intl.NumberFormatOptions = {}): string {
  return numberFormat(digits, options).format(value);
}
