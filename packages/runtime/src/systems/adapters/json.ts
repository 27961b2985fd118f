import { addressOf, refusalOf, type SystemAdapter } from '../system.ts';

/** JSON as the pack says it. The call's id goes along, so that a system that knows such a key does nothing twice. */
export const json: SystemAdapter = {
  request: (call, account) => ({
    method: call.method,
    url: addressOf(call, account),
    headers: { 'content-type': 'application/json', ...call.headers, ...account.headers, 'idempotency-key': call.id },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  }),
  result: async (response) => {
    const refused = refusalOf(response);
    if (refused !== undefined) return refused;
    try {
      return { ok: true, value: JSON.parse(response.body) };
    } catch {
      return { ok: false, error: { code: 'fetch:not-json', message: 'The other system did not answer with JSON.' } };
    }
  },
};
