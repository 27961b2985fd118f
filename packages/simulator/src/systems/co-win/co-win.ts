/**
 * A Co-WIN of our own, with what made the real one hard to speak to (cowinapi/developer.cowin #106, #117, #200, #405, #433): 100 calls in
 * five minutes, pages that are up to 30 minutes old, a 409 for whatever went wrong, and words that name another reason than the true one.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DISTRICTS, STATES } from './centres.ts';
import { type CoWinState, createState, shown } from './state.ts';

const MINUTE = 60_000;
const LIMIT = { calls: 100, perMs: 5 * MINUTE };
const STALE_MS = 30 * MINUTE;
const CODE_MS = 3 * MINUTE;
const RESEND_MS = 30_000;
/** The simulated telephone: every code that is sent is this one. */
export const SIMULATED_CODE = '123456';

interface Talk {
  state: CoWinState;
  now: () => number;
  codes: Map<string, { mobile: string; sentAt: number }>;
  tokens: Map<string, string>;
}

/** `now`: milliseconds since 1970. */
export function coWin(now: () => number): Hono {
  const talk: Talk = { state: createState(), now, codes: new Map(), tokens: new Map() };
  const app = new Hono();
  const window = { from: -Infinity, calls: 0 };
  app.use(async (c, next) => {
    if (now() - window.from >= LIMIT.perMs) Object.assign(window, { from: now(), calls: 0 });
    window.calls += 1;
    // The real one answers 403 from its front, in HTML.
    return window.calls > LIMIT.calls ? c.html('<html><body>Request blocked</body></html>', 403) : next();
  });
  places(app);
  availability(app, talk);
  signIn(app, talk);
  booking(app, talk);
  return app;
}

function places(app: Hono): void {
  app.get('/v2/admin/location/states', (c) => c.json({ states: STATES, ttl: 24 }));
  app.get('/v2/admin/location/districts/:state', (c) => {
    const districts = DISTRICTS.filter(({ state_id }) => state_id === Number(c.req.param('state')));
    return c.json({ districts: districts.map(({ state_id: _, ...district }) => district), ttl: 24 });
  });
}

function availability(app: Hono, { state, now }: Talk): void {
  const pages = new Map<string, { body: object; at: number }>();
  const page = (c: Context, read: () => object) => {
    const known = pages.get(c.req.url);
    const fresh = known !== undefined && now() - known.at < STALE_MS ? known : { body: read(), at: now() };
    pages.set(c.req.url, fresh);
    return c.json(fresh.body);
  };
  const root = '/v2/appointment/sessions/public';
  app.get(`${root}/findByPin`, (c) => {
    const { pincode = '', date = '' } = c.req.query();
    if (!/^[1-9]\d{5}$/.test(pincode)) return c.json({ errorCode: 'APPOIN0018', error: 'Invalid Pincode' }, 400);
    return page(c, () => ({ sessions: state.sessionsOf(date, (centre) => centre.pincode === pincode).map(shown) }));
  });
  app.get(`${root}/findByDistrict`, (c) => {
    const { district_id = '', date = '' } = c.req.query();
    return page(c, () => ({
      sessions: state.sessionsOf(date, (centre) => centre.district_id === Number(district_id)).map(shown),
    }));
  });
}

const mobileSchema = z.object({ mobile: z.string().regex(/^[6-9]\d{9}$/) });
const confirmSchema = z.object({ otp: z.string().max(128), txnId: z.string().max(64) });

function signIn(app: Hono, { now, codes, tokens }: Talk): void {
  app.post('/v2/auth/public/generateOTP', async (c) => {
    const asked = mobileSchema.safeParse(await body(c));
    if (!asked.success) return c.json({ errorCode: 'USRAUT0001', error: 'Mobile number is required' }, 400);
    const last = [...codes.values()].findLast(({ mobile }) => mobile === asked.data.mobile);
    // It says that the code was sent already, whether it was or not.
    if (last !== undefined && now() - last.sentAt < RESEND_MS) return c.text('OTP Already Sent', 400);
    const txnId = randomUUID();
    codes.set(txnId, { mobile: asked.data.mobile, sentAt: now() });
    return c.json({ txnId });
  });
  app.post('/v2/auth/public/confirmOTP', async (c) => {
    const asked = confirmSchema.safeParse(await body(c));
    const code = asked.success ? codes.get(asked.data.txnId) : undefined;
    if (!asked.success || code === undefined) return c.json({ errorCode: 'USRAUT0028', error: 'Invalid Transaction Id' }, 400);
    const right = createHash('sha256').update(SIMULATED_CODE).digest('hex');
    if (now() - code.sentAt > CODE_MS || asked.data.otp !== right)
      return c.json({ errorCode: 'USRAUT0014', error: 'Invalid OTP' }, 401);
    codes.delete(asked.data.txnId);
    const token = randomUUID();
    tokens.set(token, code.mobile);
    return c.json({ token });
  });
}

const scheduleSchema = z.object({
  session_id: z.string().max(40),
  slot: z.string().max(40),
  dose: z.union([z.literal(1), z.literal(2)]),
  beneficiaries: z.array(z.string().max(40)).min(1).max(4),
});

function booking(app: Hono, { state, tokens }: Talk): void {
  app.post('/v2/appointment/schedule', async (c) => {
    const token = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (!tokens.has(token)) return c.text('Unauthenticated access!', 401);
    const asked = scheduleSchema.safeParse(await body(c));
    if (!asked.success) return c.json({ errorCode: 'APPOIN0001', error: 'Input parameters missing' }, 400);
    const { session_id, dose, slot, beneficiaries } = asked.data;
    const session = state.find(session_id);
    const before = [...state.appointments].find(
      ([, each]) => each.sessionId === session_id && beneficiaries.some((one) => each.beneficiaries.includes(one)),
    );
    // Asked again for the same person: the same appointment.
    if (before !== undefined) return c.json({ appointment_confirmation_no: before[0] });
    // Whatever is wrong, it blames the picture with the letters.
    if (session === undefined || session.left[dose] < beneficiaries.length)
      return c.json({ errorCode: 'APPOIN0045', error: 'Please enter valid security code' }, 409);
    session.left[dose] -= beneficiaries.length;
    const number = String(10_000_000 + state.appointments.size);
    state.appointments.set(number, { beneficiaries, sessionId: session_id, dose, slot });
    return c.json({ appointment_confirmation_no: number });
  });
}

async function body(c: Context): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}
