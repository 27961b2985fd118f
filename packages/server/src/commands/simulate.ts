import { HazirError } from '@hazir/core';
import { createSimulator, demoCitizens, listenSimulator } from '@hazir/simulator';
import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readDemoNumbers } from '../setup/demo.ts';
import { PHONE_DIR } from '../web/phone-dir.ts';
import { print, printJson } from './output.ts';

const MOST_PORT = 65_535;

interface Options {
  port: string;
  server: string;
  seed: string;
  json?: boolean;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('run the simulator alone: a Graph API, citizens and their phone, for a server elsewhere')
    .option('--port <port>', 'port to listen on', '4010')
    .option('--server <url>', 'the server that gets the webhooks', 'http://127.0.0.1:4000')
    .option('--seed <number>', 'the same seed gives the same run', '1')
    .option('--json', 'print addresses and secrets as JSON')
    .action(simulate);
}

async function simulate(options: Options): Promise<void> {
  if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > MOST_PORT || !/^\d{1,15}$/.test(options.seed)) {
    throw new HazirError('usage:number', 'The port and the seed are whole numbers.', {
      hint: 'For example: --port 4010 --seed 1',
    });
  }
  const publicUrl = `http://127.0.0.1:${options.port}`;
  // The same data folder as the server's has the same secrets.
  const numbers = await readDemoNumbers(readConfig(process.env).dataDir, options.server);
  const simulator = createSimulator({
    seed: Number(options.seed),
    numbers,
    citizens: demoCitizens,
    publicUrl,
    phoneDir: PHONE_DIR,
  });
  const listening = await listenSimulator(simulator, Number(options.port));
  if (options.json) printJson({ graphUrl: `${publicUrl}/simulator/graph`, phone: `${publicUrl}/phone/`, numbers });
  else print(`Simulator ready.\n  Phone    ${publicUrl}/phone/\n  Graph    ${publicUrl}/simulator/graph\n  Stop with Ctrl-C.`);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  closeWithGrace({ delay: 5_000, logger: false }, async () => {
    await listening.close();
    await simulator.close();
    resolve();
  });
  await closed;
}
