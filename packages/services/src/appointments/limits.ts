/** What one person and one household may have, counted while the household is locked. */
import type { OperationContext } from '@hazir/store';
import { failed } from '../define-operation.ts';
import type { Desk } from './desk.ts';
import { DAY, later } from './times.ts';

interface Counts {
  person_to_come: number;
  household_to_come: number;
  person_in_window: number;
  last_no_show: Date | null;
}

/** Why this person cannot have one more appointment, of this id; undefined when they can. */
export async function refuseMore(
  { settings }: Desk,
  { person, id }: { person: string; id: string },
  { tx, subject, now }: OperationContext,
): Promise<ReturnType<typeof failed> | undefined> {
  const { rows } = await tx.query<Counts>(
    `select count(*) filter (where a.person = $3 and a.status = 'booked' and t.ends_at > $4)::int as person_to_come,
            count(*) filter (where a.status in ('booked', 'held') and t.ends_at > $4
                               and (a.held_until is null or a.held_until >= $4))::int as household_to_come,
            count(*) filter (where a.person = $3 and a.booked_at > $5 and not a.fell)::int as person_in_window,
            max(t.starts_at) filter (where a.person = $3 and a.status = 'no_show') as last_no_show
       from appointments a join appointment_slots t on t.organization_id = a.organization_id and t.id = a.slot_id
      where a.organization_id = $1 and a.contact_id = $2 and a.id <> $6`,
    [subject.organizationId, subject.contactId, person, now, later(now, -settings.windowDays * DAY), id],
  );
  const [counts] = rows;
  if (counts === undefined) return undefined;
  if (counts.person_to_come >= settings.perPerson)
    return failed('appointments:person-limit', 'The person has as many appointments as one may have.');
  if (counts.household_to_come >= settings.perHousehold)
    return failed('appointments:household-limit', 'The household has as many appointments as one may have.');
  if (counts.person_in_window >= settings.perWindow)
    return failed('appointments:window-limit', 'The person has booked too often in the last days.');
  if (counts.last_no_show !== null && now < later(counts.last_no_show, settings.lockOutDays * DAY))
    return failed('appointments:locked-out', 'The person did not come and cannot book yet.');
  return undefined;
}
