import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Served, serve } from '../serve.ts';
import { print, printJson } from './output.ts';

const STOP_WITHIN_MS = 10_000;

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the server: web, worker and, on the embedded database, the demo with its phone')
    .option('--role <role>', 'web takes webhooks in, worker works numbers, both does both (default: HAZIR_ROLE)')
    .option('--json', 'print the addresses as JSON')
    .action(start);
}

async function start({ json, role }: { json?: boolean; role?: string }): Promise<void> {
  const config = readConfig({ ...process.env, ...(role && { HAZIR_ROLE: role }) });
  const log = createLog(config.logLevel);
  const served = await serve({ config, log });
  const addresses = {
    server: served.url,
    ...(served.simulator !== undefined && { phone: `${served.url}/phone/`, simulator: `${served.url}/simulator/api/state` }),
    webhook: `${served.url}/webhooks/whatsapp`,
    ready: `${served.url}/readyz`,
    ...(served.setUp !== undefined && { setUp: served.setUp }),
  };
  if (json) printJson(addresses);
  else greet(addresses, served.officers);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err }) => {
    if (err !== undefined) log('error', 'crashed', { detail: err.stack ?? err.message });
    log('info', 'stopping', { unsent: served.runtime.unsent() });
    await served.close();
    resolve();
  });
  await closed;
}

function greet(
  addresses: { server: string; phone?: string; webhook: string; setUp?: string },
  officers: Served['officers'],
): void {
  print('Hazir is ready.');
  if (addresses.phone !== undefined)
    print(
      `  Phone    ${addresses.phone}   write "Hi" to MyBMC Assist, MyGov Helpdesk or the Mothers' Helpline (demo: all people are synthetic)`,
    );
  if (officers !== undefined && officers.emails.length > 0)
    print(
      `  Console  ${addresses.server}/console/   sign in as ${officers.emails[0]}, password ${officers.password} (demo; others: hazir officer list)`,
    );
  if (addresses.setUp !== undefined)
    print(`  Set-up   ${addresses.setUp}   nobody can sign in yet: the first administrator is made here, once`);
  print(`  Webhook  ${addresses.webhook}`);
  print(`  Health   ${addresses.server}/readyz`);
  print('  Stop with Ctrl-C.');
}
