/** Commits one row and dies without a chance to clean up. */
import { openDatabase } from '../../database.ts';

const database = await openDatabase({ dataDir: process.argv[2] ?? '' });
await database.query('create table diary (note text)');
await database.query(`insert into diary values ('committed')`);
process.kill(process.pid, 'SIGKILL');
