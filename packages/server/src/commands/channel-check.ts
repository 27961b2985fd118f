import { HazirError } from '@hazir/core';
import { listChannels } from '@hazir/store';
import { readConfig } from '../config.ts';
import { examineNumber, type Finding } from '../numbers/examine-number.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

const MEANING: Readonly<Record<Finding['check'], string>> = {
  token: 'Meta accepts the token',
  number: 'the number is connected',
  webhook: 'Meta sends to this server',
  subscription: 'an application is subscribed',
  quality: 'quality',
  limit: 'limits',
  sending: 'Hazir sends',
};

/** Asks Meta about one number, or about all, and says what is wrong; ends with 1 when something is. */
export async function checkChannels(id: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const { publicUrl } = readConfig(process.env);
  const all = await withDatabase((database) => listChannels(database));
  const chosen = all.filter((one) => id === undefined || String(one.id) === id);
  if (chosen.length === 0)
    throw new HazirError('usage:channel', id === undefined ? 'There is no number.' : `There is no number ${id}.`, {
      hint: 'See: hazir channel list',
    });
  const webhook = publicUrl === undefined ? undefined : `${publicUrl}/webhooks/whatsapp`;
  const examined = [];
  for (const channel of chosen) {
    const { findings } = await examineNumber(channel, webhook);
    examined.push({ id: channel.id, name: channel.name, findings });
  }
  if (json) printJson(examined);
  else
    for (const { id: number, name, findings } of examined) {
      print(`Number ${number}, ${name}`);
      for (const { check, state, detail } of findings)
        print(`  ${state === 'bad' ? 'FAIL' : state.padEnd(4)}  ${MEANING[check]}${detail === '' ? '' : `: ${detail}`}`);
    }
  if (examined.some(({ findings }) => findings.some(({ state }) => state === 'bad'))) process.exitCode = 1;
}
