/** The door of the `hazir` command: prepares the process before anything large is loaded. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// What an earlier start has compiled is read instead of made again, and the stripper of types is not even loaded.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/hazir'));
// A server lives long: it collects garbage when its memory has grown by this much, not when it has doubled.
setFlagsFromString('--heap-growing-percent=40');

const { run } = await import('./cli.ts');
process.exitCode = await run(process.argv);
