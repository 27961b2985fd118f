/** The `hazir` command as it is: every file of commands/ adds its own, as cli.ts lets it, to a program that only takes notes. */
import { join } from 'node:path';
import { ROOT, sources } from './tree.ts';

export interface DescribedCommand {
  /** With its arguments: "pack check <folder>". */
  name: string;
  /** As they are declared: "--port <port>". */
  options: string[];
}

export async function readCommands(): Promise<DescribedCommand[]> {
  const noted: DescribedCommand[] = [];
  for (const path of sources.filter((one) => one.startsWith('packages/server/src/commands/'))) {
    const module: Record<string, unknown> = await import(join(ROOT, path));
    for (const [name, add] of Object.entries(module))
      if (/^add\w+Command$/.test(name) && typeof add === 'function') add(noteTaker({ name: '', options: [] }, noted));
  }
  // A command with commands below it is only their group.
  return noted.filter(
    ({ name }) => !noted.some((other) => other.name.startsWith(`${name} `) && !/^[<[]/.test(other.name.slice(name.length + 1))),
  );
}

/** Stands in for commander's Command: `command` and the options are noted, every other call is accepted. */
function noteTaker(own: DescribedCommand, noted: DescribedCommand[]): object {
  const calls: Record<string, (text: string) => object> = {
    command: (text) => {
      const inner = { name: `${own.name} ${text}`.trim(), options: [] };
      noted.push(inner);
      return noteTaker(inner, noted);
    },
    option: (flags) => {
      own.options.push(flags);
      return taker;
    },
    argument: (text) => {
      own.name += ` ${text}`;
      return taker;
    },
  };
  calls.requiredOption = calls.option ?? (() => taker);
  const taker: object = new Proxy({}, { get: (_, name) => calls[String(name)] ?? (() => taker) });
  return taker;
}
