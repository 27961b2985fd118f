/** The `hazir` command as it is: every file of commands/ adds its own, as main.ts lets it. */
import { join } from 'node:path';
import { Command } from 'commander';
import { ROOT, sources } from './tree.ts';

export interface DescribedCommand {
  /** With its arguments: "pack check <folder>". */
  name: string;
  /** As they are declared: "--port <port>". */
  options: string[];
}

export async function readCommands(): Promise<DescribedCommand[]> {
  const program = new Command('hazir');
  for (const path of sources.filter((one) => one.startsWith('packages/server/src/commands/'))) {
    const module: Record<string, unknown> = await import(join(ROOT, path));
    for (const [name, add] of Object.entries(module)) if (/^add\w+Command$/.test(name) && typeof add === 'function') add(program);
  }
  return program.commands.flatMap((command) => leavesOf(command, []));
}

function leavesOf(command: Command, above: readonly string[]): DescribedCommand[] {
  const path = [...above, command.name()];
  if (command.commands.length > 0) return command.commands.flatMap((inner) => leavesOf(inner, path));
  const given = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return [{ name: [...path, ...given].join(' '), options: command.options.map(({ flags }) => flags) }];
}
