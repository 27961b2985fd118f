/** Puts the simulated systems together: each answers below its own path, and can be told to misbehave. */
import { Hono } from 'hono';
import { z } from 'zod';
import { coWin } from './co-win/co-win.ts';
import { digilockerIssuer } from './digilocker/issuer.ts';
import { department } from './open311/department.ts';
import { smsGateway } from './sms.ts';

export interface SystemFaults {
  /** Every answer waits so long, in real milliseconds. */
  delayMs: number;
  /** Every answer has this status instead; 0: none. */
  status: number;
  /** Answers are no JSON and no XML. */
  garbled: boolean;
}

const faultsSchema = z.partialRecord(
  z.enum(['co-win', 'digilocker', 'sms', 'lights']),
  z.strictObject({
    delayMs: z.int().min(0).max(60_000).default(0),
    status: z.int().min(0).max(599).default(0),
    garbled: z.boolean().default(false),
  }),
);

const NONE: SystemFaults = { delayMs: 0, status: 0, garbled: false };

/** `now`: the simulated clock. `showSms` returns false when nobody has the number. */
export function createSystems(now: () => number, showSms: (phone: string, text: string) => boolean): Hono {
  const faults = new Map<string, SystemFaults>();
  const app = new Hono();
  // For tests and for whoever wants to see an honest message: PUT { "co-win": { "delayMs": 9000 } }.
  app.put('/faults', async (c) => {
    const parsed = faultsSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: 'simulator:bad-faults' }, 400);
    faults.clear();
    for (const [name, fault] of Object.entries(parsed.data)) if (fault !== undefined) faults.set(name, fault);
    return c.body(null, 204);
  });
  for (const [name, system] of [
    ['co-win', coWin(now)],
    ['digilocker', digilockerIssuer(now)],
    ['lights', department(now)],
    ['sms', smsGateway(showSms)],
  ] as const) {
    app.use(`/${name}/*`, async (_, next) => {
      const { delayMs, status, garbled } = faults.get(name) ?? NONE;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (status > 0) return new Response('{"error":"simulated"}', { status });
      return garbled ? new Response('<html>Bad gateway</html>') : next();
    });
    app.route(`/${name}`, system);
  }
  return app;
}
