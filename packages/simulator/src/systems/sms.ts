/** A gateway for SMS: what it is given shows up in the chat of whoever has the number, said to be an SMS; nobody has another screen here. */
import { Hono } from 'hono';
import { z } from 'zod';

const smsSchema = z.object({ to: z.string().regex(/^\+?\d{8,15}$/), text: z.string().min(1).max(1_600) });

/** `show` returns false when nobody has the number. */
export function smsGateway(show: (phone: string, text: string) => boolean): Hono {
  const app = new Hono();
  app.post('/send', async (c) => {
    const parsed = smsSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json({ error: 'bad request' }, 400);
    const { to, text } = parsed.data;
    return show(to.replace('+', ''), text) ? c.json({ sent: true }) : c.json({ error: 'unknown number' }, 404);
  });
  return app;
}
