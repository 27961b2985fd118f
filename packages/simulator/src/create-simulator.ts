/** Puts the simulator together: clock, webhooks, state, Graph API, control API, phone page. */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { addCitizen } from './citizens/citizens.ts';
import { type Control, createControl } from './control/control.ts';
import { controlRoutes } from './control/routes.ts';
import { answerGraph, type Hangup } from './graph/graph.ts';
import { answerDownload } from './media/cdn.ts';
import { type SimulatorOptions, settingsFrom } from './options.ts';
import { answerPhone } from './phone-files.ts';
import { createSchedule } from './schedule.ts';
import { showSms } from './systems/show-sms.ts';
import { createSystems } from './systems/systems.ts';
import { readDefinition } from './templates/read-definition.ts';
import { addTemplate } from './templates/templates.ts';
import { createWebhooks } from './webhooks/deliver.ts';
import { createWorld, type World } from './world.ts';

export interface Simulator {
  /** Answers `/simulator/graph`, `/simulator/api`, `/simulator/media-cdn` and `/phone`; give it the server's bindings as env. */
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  control: Control;
  /** The simulated clock, milliseconds since 1970. */
  now: () => number;
  /** Stops timers, streams and webhooks. */
  close: () => Promise<void>;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const settings = settingsFrom(options);
  const webhooks = createWebhooks(() => world);
  const schedule = createSchedule(settings.now, webhooks.settled);
  const world: World = createWorld(settings, schedule, webhooks.publish);
  furnish(world);
  const control = createControl(world, { forgetWebhooks: webhooks.forget, settled: webhooks.settled });
  const app = routes(world, control);
  return {
    fetch: (request, env) => app.fetch(request, env ?? {}),
    control,
    now: schedule.now,
    close: async () => {
      schedule.clear();
      webhooks.forget();
      for (const state of world.citizens.values()) for (const listener of state.listeners) listener.ended();
      await webhooks.close();
    },
  };
}

type Env = { Bindings: Partial<HttpBindings> };

function routes(world: World, control: Control): Hono<Env> {
  const app = new Hono<Env>();
  app.all('/simulator/graph/*', (c) => {
    const socket = c.env.incoming?.socket;
    const hangup: Hangup = () => socket?.destroy() !== undefined;
    return answerGraph(world, c.req.raw, { path: c.req.path.slice('/simulator/graph'.length), hangup });
  });
  app.get('/simulator/media-cdn/:id', (c) => answerDownload(world, c.req.raw, c.req.param('id')));
  app.route('/simulator/api', controlRoutes(control));
  app.route(
    '/simulator/systems',
    createSystems(world.schedule.now, (phone, text) => showSms(world, phone, text)),
  );
  app.get('/phone', (c) => c.redirect('/phone/'));
  app.get('/phone/*', (c) => answerPhone(world.settings.phoneDir, c.req.path.slice('/phone'.length)));
  return app;
}

/** What is there from the start: citizens, and Meta's sample template with those that the options name. */
function furnish(world: World): void {
  for (const citizen of world.settings.citizens) addCitizen(world, citizen);
  for (const { options } of world.numbers.values()) {
    const business = world.businesses.get(options.businessId);
    if (business === undefined) continue;
    for (const given of [HELLO_WORLD, ...(options.templates ?? [])]) {
      const definition = readDefinition(given);
      if (!business.templateNames.has(`${definition.name}/${definition.language}`)) addTemplate(world, business, definition);
    }
  }
}

const HELLO_WORLD = {
  name: 'hello_world',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
    {
      type: 'BODY',
      text: 'Welcome and congratulations!! This message demonstrates your ability to send a message from the Cloud API.',
    },
    { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
  ],
};
