/** The door of the `hazir` command: prepares the process before anything large is loaded. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// What an earlier start has compiled is read instead of made again, and the stripper of types is not even loaded.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/hazir'));
// A server lives long: it collects garbage when its memory has grown by this much, not when it has doubled.
setFlagsFromString('--heap-growing-percent=40');

keepYoungGenerationSmall();

const { run } = await import('./cli.ts');
process.exitCode = await run(process.argv);

/**
 * A server's short-lived objects would fill 100 MB and more before they are looked through; 36 MB serve as well. Only a process that
 * begins can be told so: this one becomes another with the same number, where the system can do that.
 */
function keepYoungGenerationSmall(): void {
  const flag = '--max-semi-space-size';
  const { execve, execPath, execArgv, argv, env } = process;
  const told = [...execArgv, env.NODE_OPTIONS ?? ''].some((text) => text.includes(flag));
  if (argv[2] !== 'start' || told || execve === undefined || process.platform === 'win32') return;
  const quiet = '--disable-warning=ExperimentalWarning';
  execve(execPath, [execPath, `${flag}=12`, quiet, ...execArgv, ...argv.slice(1)], env);
}
