/** One act on many requests: first there is time to take it back, then each is sent on its own, and each may be refused on its own. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { codeOf } from '../../api/client.ts';
import { type Act, send } from '../use-act.ts';

export interface Order {
  act: Act;
  /** Name of the act, as the button says it. */
  name: string;
  versions: ReadonlyMap<string, number>;
}

export type Bulk =
  | { stage: 'waits'; order: Order; seconds: number }
  | { stage: 'runs'; order: Order; done: number }
  | { stage: 'over'; done: number; failed: { reference: string; error: unknown }[] };

const UNDO_SECONDS = 10;

export function useBulk() {
  const queries = useQueryClient();
  const [bulk, setBulk] = useState<Bulk>();
  const ticking = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => () => clearInterval(ticking.current), []);
  const run = async (order: Order) => {
    const failed: { reference: string; error: unknown }[] = [];
    let done = 0;
    for (const [reference, version] of order.versions) {
      setBulk({ stage: 'runs', order, done });
      await send(reference, { act: order.act, version, key: crypto.randomUUID() }).then(
        () => {
          done += 1;
        },
        (error: unknown) => void failed.push({ reference, error }),
      );
      // Nobody is signed in any more: the others would fail alike.
      if (codeOf(failed.at(-1)?.error) === 'api:sign-in') break;
    }
    setBulk({ stage: 'over', done, failed });
    await queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => name === 'requests' || name === 'request' });
  };
  const begin = (order: Order) => {
    let seconds = UNDO_SECONDS;
    setBulk({ stage: 'waits', order, seconds });
    clearInterval(ticking.current);
    ticking.current = setInterval(() => {
      seconds -= 1;
      if (seconds > 0) return setBulk({ stage: 'waits', order, seconds });
      clearInterval(ticking.current);
      void run(order);
    }, 1_000);
  };
  return {
    bulk,
    begin,
    /** Nothing has been sent yet. */
    undo: () => {
      clearInterval(ticking.current);
      setBulk(undefined);
    },
    forget: () => setBulk(undefined),
  };
}
