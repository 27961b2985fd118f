/** Centres and sessions of the simulated Co-WIN. Names of places are real, centres, doses and fees are made up. */

export interface Centre {
  center_id: number;
  name: string;
  address: string;
  district_id: number;
  block_name: string;
  pincode: string;
  lat: number;
  long: number;
  fee_type: 'Free' | 'Paid';
}

export const STATES = [
  { state_id: 5, state_name: 'Bihar' },
  { state_id: 9, state_name: 'Delhi' },
  { state_id: 21, state_name: 'Maharashtra' },
] as const;

export const DISTRICTS = [
  { district_id: 97, district_name: 'Patna', state_id: 5 },
  { district_id: 80, district_name: 'Gaya', state_id: 5 },
  { district_id: 140, district_name: 'New Delhi', state_id: 9 },
  { district_id: 395, district_name: 'Mumbai', state_id: 21 },
] as const;

export const CENTRES: readonly Centre[] = [
  centre(1001, 'Demo UPHC Rajendra Nagar', { district_id: 97, block_name: 'Patna Rural', pincode: '800001', at: [25.61, 85.13] }),
  centre(1002, 'Demo PHC Danapur', { district_id: 97, block_name: 'Danapur', pincode: '801503', at: [25.58, 85.04] }),
  centre(1003, 'Demo CHC Phulwari', { district_id: 97, block_name: 'Phulwari Sharif', pincode: '801505', at: [25.57, 85.07] }),
  centre(1004, 'Demo UPHC Gaya Town', { district_id: 80, block_name: 'Gaya Sadar', pincode: '823001', at: [24.79, 85.0] }),
  centre(2001, 'Demo Dispensary Gole Market', {
    district_id: 140,
    block_name: 'Chanakyapuri',
    pincode: '110001',
    at: [28.63, 77.21],
  }),
  centre(2002, 'Demo Polyclinic Sarojini', {
    district_id: 140,
    block_name: 'Vasant Vihar',
    pincode: '110023',
    at: [28.57, 77.19],
    fee_type: 'Paid',
  }),
  centre(3001, 'Demo Health Post Dadar', { district_id: 395, block_name: 'Ward G North', pincode: '400028', at: [19.02, 72.84] }),
  centre(3002, 'Demo Maternity Home Bhandup', { district_id: 395, block_name: 'Ward S', pincode: '400078', at: [19.15, 72.94] }),
];

interface Where {
  district_id: number;
  block_name: string;
  pincode: string;
  at: readonly [number, number];
  fee_type?: Centre['fee_type'];
}

function centre(center_id: number, name: string, { at, fee_type = 'Free', ...where }: Where): Centre {
  return { center_id, name, address: `${name}, ${where.block_name} (synthetic)`, ...where, lat: at[0], long: at[1], fee_type };
}
