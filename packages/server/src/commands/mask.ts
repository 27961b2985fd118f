/**
 * What an operator may see without asking: shapes, kinds and ids of ours, never what a citizen wrote or who they are. Only what is
 * named here is shown; a WhatsApp message id is masked, too, because it holds the phone number in base64.
 */
const SHOWN = new Set([
  ...[
    'type',
    'kind',
    'media',
    'mimeType',
    'source',
    'flow',
    'node',
    'lane',
    'callId',
    'accountId',
    'organizationId',
    'channelId',
    'contactId',
  ],
  ...['timestamp', 'ok', 'code', 'reason', 'language', 'requested', 'forwarded', 'messageId'],
]);
const MASK = '***';

/** As it is; what is no JSON as the text that it is. */
export function revealPayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** JSON text with every text and number masked that is not known to be harmless; what is no JSON is masked whole. */
export function maskPayload(payload: string): unknown {
  try {
    return maskValue(JSON.parse(payload), false);
  } catch {
    return MASK;
  }
}

function maskValue(value: unknown, shown: boolean): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => maskValue(one, shown));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'raw')
        .map(([key, inner]) => [key, maskValue(inner, SHOWN.has(key))]),
    );
  }
  return shown || typeof value === 'boolean' || value === null ? value : MASK;
}

/** A sentence of a fault: digits that may be a phone number are masked, and so is what stands in quotes. */
export function maskDetail(detail: string): string {
  return detail.replaceAll(/\+?\d[\d ()-]{6,}\d/g, MASK).replaceAll(/"[^"\n]{0,2000}"/g, `"${MASK}"`);
}
