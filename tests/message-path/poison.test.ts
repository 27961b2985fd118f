import { beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage, textOf } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
const bubbles = (citizen: string) => stage.control.messages(citizen).filter((item) => item.from === 'business');
const citizen = (name: string, phone: string) => stage.control.addCitizen({ name: `${name} (demo)`, phone }).id;
const left = async (table: string) => (await stage.database.query(`select 1 from ${table}`)).rowCount;

describe('writing fails in the middle', () => {
  test('of putting a message aside: the process lives on, the message is put aside later, others are answered', async () => {
    // Every turn of this citizen breaks, and for a while so does counting its attempts.
    await stage.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.content like '%poison%' then raise exception 'refused'; end if; return new; end $$;
      create trigger refuse before insert on messages for each row execute function refuse();
      create function refuse_count() returns trigger language plpgsql as $$ begin raise exception 'cannot count'; end $$;
      create trigger refuse_count before update on inbox for each row execute function refuse_count()`);
    const ill = citizen('Ill', '919990009101');
    const well = citizen('Well', '919990009102');
    stage.control.say(ill, { numberId: stage.numberId, type: 'text', text: 'poison' });
    stage.control.say(ill, { numberId: stage.numberId, type: 'text', text: 'Hi' });
    await expect.poll(() => stage.events.includes('not_set_aside'), { timeout: 10_000 }).toBe(true);
    await stage.database.query('drop trigger refuse_count on inbox');
    stage.control.say(well, { numberId: stage.numberId, type: 'text', text: 'Hi' });
    await expect.poll(() => [bubbles(ill).length, bubbles(well).length], { timeout: 10_000 }).toEqual([2, 1]);
    expect(textOf(bubbles(ill)[0])).toContain('Sorry');
    expect([await left('parked_messages'), await left('inbox')]).toEqual([1, 0]);
    await stage.database.query('drop trigger refuse on messages');
  });

  test('of a change of number, after the messages before it: what follows is answered all the same', async () => {
    await stage.database.query(`
      create sequence refusals;
      create function refuse_moving() returns trigger language plpgsql as $$ begin
        if nextval('refusals') = 1 then raise exception 'not now'; end if; return new; end $$;
      create trigger refuse_moving before insert on contact_changes for each row execute function refuse_moving()`);
    const mover = citizen('Mover', '919990009103');
    await stage.say(mover, 'Hi');
    stage.control.setFaults({ batch: 3 });
    stage.control.say(mover, { numberId: stage.numberId, type: 'text', text: 'English' });
    stage.control.changeCitizen(mover, { phone: '919990009104' });
    stage.control.say(mover, { numberId: stage.numberId, type: 'text', text: 'Apple' });
    stage.control.setFaults({});
    await expect.poll(() => bubbles(mover).map(textOf).at(-1), { timeout: 10_000 }).toContain('apple');
    expect(await left('inbox')).toBe(0);
  });
});
