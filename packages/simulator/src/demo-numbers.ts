/** The numbers and citizens of the demo. Every value is made up: the phone numbers are not assigned to anybody. */
import { createHash } from 'node:crypto';
import type { InitialCitizen, SimulatedNumber } from './options.ts';

const NAMES = ['MyBMC Assist', 'MyGov Helpdesk', "Mothers' Helpline"];

/**
 * "MyBMC Assist", with `most` 2 also "MyGov Helpdesk", with 3 also "Mothers' Helpline". Secrets are derived from `secret`,
 * so that they differ between installations.
 */
export function demoNumbers(publicUrl: string, secret = 'hazir-demo', most = 1): SimulatedNumber[] {
  return NAMES.slice(0, most).map((name, index) => {
    // The first number's secrets stay what they were when it was the only one.
    const own = index === 0 ? secret : `${secret} ${index + 1}`;
    const derive = (what: string) => createHash('sha256').update(`${own} ${what}`).digest('hex');
    return {
      numberId: `10000000000000${index + 1}`,
      businessId: `20000000000000${index + 1}`,
      displayPhone: `+91 80000 0000${index + 1}`,
      name,
      about: 'Synthetic demo number of the Hazir simulator',
      verified: true,
      accessToken: `SIM${derive('token')}`,
      appId: `30000000000000${index + 1}`,
      appSecret: derive('app secret').slice(0, 32),
      verifyToken: derive('verify token').slice(0, 24),
      callbackUrl: `${publicUrl.replace(/\/+$/, '')}/webhooks/whatsapp`,
    };
  });
}

/**
 * People with phones: phone and user id, a username only, one with a long name, and two who hold posts of the pack `mumbai`,
 * in whose ward the phone's first sample place lies.
 */
export const demoCitizens: readonly InitialCitizen[] = [
  { id: 'asha', name: 'Asha Kulkarni', phone: '919990000001', identityMode: 'phone_and_user_id' },
  { id: 'imran', name: 'Imran Shaikh', phone: '919990000002', username: 'imran.sk', identityMode: 'user_id_only' },
  { id: 'tourist', name: 'Elena Martínez de la Torre', phone: '34990000003', identityMode: 'phone_and_user_id' },
  { id: 'roads', name: 'Officer (demo): Roads, G/N', phone: '912255501003', identityMode: 'phone_and_user_id' },
  { id: 'water', name: 'Officer (demo): Water, G/N', phone: '912255501004', identityMode: 'phone_and_user_id' },
];
