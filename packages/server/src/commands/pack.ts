import type { Command } from 'commander';
import { compileFiles } from '../setup/compile-pack.ts';
import { readPack } from '../setup/read-pack.ts';
import { print, printJson } from './output.ts';

export function addPackCommand(program: Command): void {
  const pack = program.command('pack').description('check and test packs');
  pack
    .command('check <folder>')
    .description('compile a pack and list its problems with file, line and hint')
    .option('--json', 'print the problems as JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const { loaded, problems } = compileFiles(await readPack(folder));
      if (options.json) printJson({ ok: loaded !== undefined, problems });
      else {
        for (const { file, line, code, message, hint } of problems)
          print(`${folder}/${file}:${line}  ${message}${hint === undefined ? '' : ` ${hint}`}  [${code}]`);
        print(
          loaded === undefined
            ? `${problems.length} problems.`
            : `The pack ${loaded.pack.id} is sound: ${loaded.pack.flows.size} flows in ${loaded.pack.languages.join(', ')}.`,
        );
      }
      if (loaded === undefined) process.exitCode = 1;
    });
}
