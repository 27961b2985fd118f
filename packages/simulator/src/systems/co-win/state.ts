/** What the simulated Co-WIN knows: seats that are really left, and what its public pages say, which may be half an hour old. */
import { CENTRES, type Centre } from './centres.ts';

export interface Session {
  session_id: string;
  centre: Centre;
  /** DD-MM-YYYY, as the system writes it. */
  date: string;
  vaccine: string;
  fee: string;
  min_age_limit: number;
  /** Left for each dose, by number. */
  left: Record<1 | 2, number>;
  slots: readonly string[];
}

export interface CoWinState {
  sessionsOf: (date: string, wanted: (centre: Centre) => boolean) => Session[];
  find: (sessionId: string) => Session | undefined;
  appointments: Map<string, { beneficiaries: readonly string[]; sessionId: string; dose: 1 | 2; slot: string }>;
}

const DATE = /^(\d{2})-(\d{2})-(\d{4})$/;
const SLOTS = ['09:00AM-11:00AM', '11:00AM-01:00PM', '01:00PM-03:00PM', '03:00PM-05:00PM'];
/** Doses that a centre publishes for a day, by its number: some days have none. */
const SEATS = [40, 0, 3, 12, 1, 60, 8];

export function createState(): CoWinState {
  const sessions = new Map<string, Session>();
  const made = (centre: Centre, date: string): Session | undefined => {
    const session_id = `${centre.center_id}-${date}`;
    const known = sessions.get(session_id);
    if (known !== undefined) return known;
    const seats = SEATS[(centre.center_id + Number(date.slice(0, 2))) % SEATS.length] ?? 0;
    if (seats === 0) return undefined;
    const session: Session = {
      ...{ session_id, centre, date, slots: SLOTS },
      vaccine: centre.center_id % 2 === 0 ? 'COVISHIELD' : 'COVAXIN',
      fee: centre.fee_type === 'Free' ? '0' : '250',
      min_age_limit: centre.center_id % 3 === 0 ? 45 : 18,
      left: { 1: seats, 2: Math.ceil(seats / 2) },
    };
    sessions.set(session_id, session);
    return session;
  };
  return {
    appointments: new Map(),
    find: (sessionId) => sessions.get(sessionId),
    sessionsOf: (date, wanted) => (DATE.test(date) ? CENTRES.filter(wanted).flatMap((centre) => made(centre, date) ?? []) : []),
  };
}

/** As its pages show it. */
export function shown({ centre, left, ...session }: Session): object {
  const { district_id: _, ...place } = centre;
  const total = left[1] + left[2];
  return {
    ...{ ...place, state_name: '', from: '09:00:00', to: '17:00:00', ...session, allow_all_age: session.min_age_limit === 18 },
    ...{ available_capacity: total, available_capacity_dose1: left[1], available_capacity_dose2: left[2] },
    slots: session.slots.map((time) => ({ time, seats: Math.ceil(total / session.slots.length) })),
  };
}
