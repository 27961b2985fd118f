/** Messages per second that Meta grants a number: 80, or 1,000 after an automatic upgrade. */
import { type Json, property, textProperty } from '@hazir/core';

const upgraded = 1000;
const levels: ReadonlyMap<string, number> = new Map([
  ['STANDARD', 80],
  ['HIGH', upgraded],
]);

/**
 * Reads `raw` of a phone_number_quality_update notice, or a phone number object of the Graph API with its
 * `throughput.level`. Other events, ONBOARDING among them, do not say a rate.
 */
export function throughput(notice: Json): number | undefined {
  if (textProperty(notice, 'event') === 'THROUGHPUT_UPGRADE') return upgraded;
  const level = textProperty(property(notice, 'throughput'), 'level');
  return level === undefined ? undefined : levels.get(level.toUpperCase());
}
