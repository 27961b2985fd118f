import { digilockerIssuer } from './adapters/digilocker-issuer.ts';
import { json } from './adapters/json.ts';
import { open311 } from './adapters/open311.ts';
import type { SystemAdapter } from './system.ts';

/** In which words other systems speak, by the name that HAZIR_SYSTEMS uses: one line each. */
export const systemAdapters: ReadonlyMap<string, SystemAdapter> = new Map([
  ['json', json],
  ['digilocker-issuer', digilockerIssuer],
  ['open311', open311],
]);
