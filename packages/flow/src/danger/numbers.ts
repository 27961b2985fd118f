/** Whom to call. A pack names its own numbers in pack.yaml under `emergency`; the national ones hold where it does not. */

/** Who answers: any emergency, ambulance, fire brigade, women, children, mental health, poison, gas leak. */
export const RESCUERS = ['any', 'ambulance', 'fire', 'women', 'child', 'mind', 'poison', 'gas'] as const;

export type Rescuer = (typeof RESCUERS)[number];

export interface EmergencyNumber {
  /** As people dial it. */
  phone: string;
  /** Who says so. */
  source: string;
  /** When it was written down: 2026-11. A city confirms its own in the pack before it goes live. */
  asOf: string;
}

export const NATIONAL_NUMBERS: Readonly<Record<Rescuer, EmergencyNumber>> = {
  any: { phone: '112', source: 'Emergency Response Support System, 112.gov.in', asOf: '2026-11' },
  ambulance: { phone: '108', source: 'Emergency ambulance services of the States (National Health Mission)', asOf: '2026-11' },
  fire: { phone: '101', source: 'National numbering plan, Department of Telecommunications', asOf: '2026-11' },
  women: { phone: '181', source: 'Women Helpline, Ministry of Women and Child Development', asOf: '2026-11' },
  child: { phone: '1098', source: 'Child Helpline, Ministry of Women and Child Development', asOf: '2026-11' },
  mind: { phone: '14416', source: 'Tele-MANAS, Ministry of Health and Family Welfare', asOf: '2026-11' },
  poison: { phone: '1800 116 117', source: 'National Poisons Information Centre, AIIMS New Delhi', asOf: '2026-11' },
  gas: { phone: '1906', source: 'LPG emergency helpline of the oil companies', asOf: '2026-11' },
};
