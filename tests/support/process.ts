/** Hazir as a process of its own, to be killed: started as a user starts it, spoken to by a simulator of the test's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));

export interface HazirProcess {
  child: ChildProcess;
  /** Resolves when the process is gone, with its exit code or signal. */
  gone: Promise<number | string>;
  stdout: () => string;
  stderr: () => string;
}

/** Starts `hazir start` and resolves when it says that it is ready, or when it is gone. */
export async function startHazir(
  environment: Record<string, string>,
  args: string[] = ['start', '--json'],
): Promise<HazirProcess> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const gone = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const ready = once(createInterface({ input: child.stdout }), 'line');
  await Promise.race([ready, gone]);
  return { child, gone, stdout: () => output, stderr: () => errors };
}
