import type { BusinessNumber, Citizen, Faults } from '../../src/protocol.ts';

/** Invented people and a number for the phone's tests. */
export const numbers: BusinessNumber[] = [
  {
    numberId: '1001',
    businessId: '9001',
    displayPhone: '+91 22 5550 0100',
    name: 'MyBMC Assist',
    about: 'Brihanmumbai Municipal Corporation, day and night',
    verified: true,
  },
];

const usual = { readReceipts: true, online: true, onWhatsApp: true, marketing: 'resumed' as const };

export const firstCitizens: Citizen[] = [
  {
    id: 'meera',
    name: 'Meera Kulkarni',
    phone: '919999900001',
    userId: 'IN.MEERA1',
    identityMode: 'phone_and_user_id',
    ...usual,
  },
  { id: 'imran', name: 'Imran Qureshi', phone: '919999900002', userId: 'IN.IMRAN1', identityMode: 'phone', ...usual },
  {
    id: 'sunita',
    name: 'Sunita Pawar',
    phone: '919999900003',
    userId: 'IN.SUNITA',
    username: 'sunita.p',
    identityMode: 'user_id_only',
    ...usual,
  },
];

export const noFaults: Faults = {
  duplicate: 0,
  reorder: 0,
  batch: 1,
  delayMs: 0,
  fail: null,
  drop: 0,
  acceptThenTimeout: 0,
  slowMs: 0,
  escape: false,
};
