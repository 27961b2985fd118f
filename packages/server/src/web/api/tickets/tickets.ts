/** The helpline: who waits for a person, what was said, the officer's side of the talk, and who is there. */
import type { Adding } from './act.ts';
import { addActs } from './acts.ts';
import { addDuty } from './duty.ts';
import { addFilesOfTalk } from './files.ts';
import { addCounts, addList, addTalk } from './list.ts';
import { addPresence } from './presence.ts';
import { addRoster } from './roster.ts';

export function addTickets(...adding: Adding): void {
  addList(...adding);
  addCounts(...adding);
  addTalk(...adding);
  addActs(...adding);
  addFilesOfTalk(...adding);
  addPresence(...adding);
  addDuty(...adding);
  addRoster(...adding);
}
