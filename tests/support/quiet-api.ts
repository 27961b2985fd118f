/** For tests of the API's other parts: no helpline, no console that listens, nothing that is sent. */
import type { ApiDeps } from '../../packages/server/src/web/api/admit.ts';

export const QUIET_API: Pick<
  ApiDeps,
  'helplines' | 'packsOf' | 'graphUrl' | 'webhookUrl' | 'hasFlow' | 'showRead' | 'keepFile' | 'events'
> = {
  helplines: () => new Map(),
  packsOf: async () => [],
  graphUrl: 'http://127.0.0.1:1',
  webhookUrl: 'http://127.0.0.1/webhooks/whatsapp',
  hasFlow: () => false,
  showRead: async () => undefined,
  keepFile: async () => ({ hash: '', mimeType: '', bytes: 0 }),
  events: { since: () => undefined, subscribe: () => () => undefined, stop: async () => undefined },
};
