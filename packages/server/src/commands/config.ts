import type { Command } from 'commander';
import { describeConfig, readConfig, SETTINGS } from '../config.ts';
import { printJson, printTable } from './output.ts';

export function addConfigCommand(program: Command): void {
  program
    .command('config')
    .description('check the settings and print them, secrets masked')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      () =>
        `\nSettings:\n${Object.entries(SETTINGS)
          .map(([name, { summary }]) => `  ${name.padEnd(26)}${summary}`)
          .join('\n')}`,
    )
    .action((options: { json?: boolean }) => {
      const settings = describeConfig(readConfig(process.env));
      if (options.json) printJson(Object.fromEntries(settings.map(({ name, value }) => [name, value])));
      else printTable(settings.map(({ name, value, summary }) => [name, value === '' ? '(not set)' : value, summary]));
    });
}
