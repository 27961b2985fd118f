/** The `hazir` command. Every command is one file in commands/; exit codes are in docs/how-to/command-line.md. */
import { HazirError } from '@hazir/core';
import { Command, CommanderError } from 'commander';
import { addAppointmentsCommand } from './commands/appointments.ts';
import { addArchiveCommand } from './commands/archive.ts';
import { addChannelCommand } from './commands/channel.ts';
import { addChatCommand } from './commands/chat.ts';
import { addConfigCommand } from './commands/config.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDocumentCommand } from './commands/document.ts';
import { addKnowledgeCommand } from './commands/knowledge.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addOfficerCommand } from './commands/officer.ts';
import { addOpen311Command } from './commands/open311.ts';
import { addPackCommand } from './commands/pack.ts';
import { addParkedCommand } from './commands/parked.ts';
import { addProvidersCommand } from './commands/providers.ts';
import { addRequestsCommand } from './commands/requests.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addStartCommand } from './commands/start.ts';
import { addTraceCommand } from './commands/trace.ts';
import { addUnderstandCommand } from './commands/understand.ts';
import { addVerifyCommand } from './commands/verify.ts';

/** 0 done · 1 the thing asked for has problems (a pack, a test, the doctor) · 2 wrong use or settings · 3 cannot run here. */
const EXIT = { ok: 0, problems: 1, usage: 2, environment: 3 } as const;

/** Runs a command line as `process.argv` has it; resolves with the exit code. */
export async function run(args: string[]): Promise<number> {
  // A reader that went away (`hazir config | head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.environment));
  const program = new Command('hazir')
    .description('Hazir serves citizens on WhatsApp. "hazir start" is all that a first look needs.')
    .showHelpAfterError('(hazir --help shows all commands)')
    .exitOverride();
  for (const add of [
    addStartCommand,
    addMigrateCommand,
    addDoctorCommand,
    addDemoCommand,
    addPackCommand,
    addRequestsCommand,
    addAppointmentsCommand,
    addDocumentCommand,
    addVerifyCommand,
    addSimulateCommand,
    addChannelCommand,
    addParkedCommand,
    addTraceCommand,
    addArchiveCommand,
    addChatCommand,
    addKnowledgeCommand,
    addUnderstandCommand,
    addProvidersCommand,
    addOpen311Command,
    addOfficerCommand,
    addConfigCommand,
  ]) {
    add(program);
  }
  try {
    await program.parseAsync(args);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return explain(error);
  }
}

/** One sentence with the remedy; a stack only for what we did not foresee. */
function explain(error: unknown): number {
  if (!(error instanceof HazirError)) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.environment;
  }
  process.stderr.write(`${error.message}${error.hint === undefined ? '' : ` ${error.hint}`} [${error.code}]\n`);
  return error.code.startsWith('config:') || error.code.startsWith('usage:') ? EXIT.usage : EXIT.environment;
}
