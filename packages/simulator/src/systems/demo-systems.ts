/** The other systems that the demo's packs ask. Their hosts end in .invalid, so that nothing ever leaves the machine by mistake. */
import { createHash } from 'node:crypto';

export interface DemoSystem {
  /** As packs name it. */
  host: string;
  /** Where the simulator answers for it. */
  path: string;
  /** Name of the adapter. */
  speaks: string;
  /** With which the demo signs, or says who asks. */
  key?: string;
}

/** With which the demo's issuer checks who asks; it protects nothing but made-up documents. */
export const demoIssuerKey: string = createHash('sha256').update('hazir demo issuer').digest('hex');

/** The api_key of the demo's department; it protects nothing but made-up requests. */
export const demoDepartmentKey: string = createHash('sha256').update('hazir demo department').digest('hex');

export const DEMO_SYSTEMS: readonly DemoSystem[] = [
  { host: 'co-win.demo.invalid', path: '/simulator/systems/co-win', speaks: 'json' },
  { host: 'sms.demo.invalid', path: '/simulator/systems/sms', speaks: 'json' },
  { host: 'issuer.demo.invalid', path: '/simulator/systems/digilocker', speaks: 'digilocker-issuer', key: demoIssuerKey },
  { host: 'lights.demo.invalid', path: '/simulator/systems/lights', speaks: 'open311', key: demoDepartmentKey },
];
