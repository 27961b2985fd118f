import { useCallback, useEffect, useState } from 'react';
import type { Citizen, CitizenChange, NewCitizen, SimulatorState } from '../../src/protocol.ts';
import { advanceClock, changeCitizen, createCitizen, fetchState, resetSimulator } from '../api/client.ts';

const retryMs = 2000;

export interface Simulator {
  state: SimulatorState | undefined;
  /** The simulator's time minus this machine's, in milliseconds. */
  clockOffset: number;
  /** Grows when everything was reset, so that the phones begin anew. */
  generation: number;
  unreachable: boolean;
  addCitizen: (wanted: NewCitizen) => Promise<Citizen>;
  changeCitizen: (id: string, change: CitizenChange) => Promise<void>;
  advanceClock: (ms: number) => Promise<void>;
  reset: () => Promise<void>;
}

/** The simulator's citizens, numbers and clock; asked again when the page is looked at again. */
export function useSimulator(): Simulator {
  const [state, setState] = useState<SimulatorState>();
  const [clockOffset, setClockOffset] = useState(0);
  const [generation, setGeneration] = useState(0);
  const [unreachable, setUnreachable] = useState(false);

  const refresh = useCallback(async () => {
    try {
      const fresh = await fetchState();
      setState(fresh);
      setClockOffset(fresh.now - Date.now());
      setUnreachable(false);
    } catch {
      setUnreachable(true);
    }
  }, []);
  useEffect(() => {
    void refresh();
    const onFocus = () => void refresh();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [refresh]);
  useEffect(() => {
    if (!unreachable) return;
    const timer = setInterval(() => void refresh(), retryMs);
    return () => clearInterval(timer);
  }, [unreachable, refresh]);

  const replace = (citizen: Citizen) => setState((old) => old && { ...old, citizens: withCitizen(old.citizens, citizen) });
  return {
    state,
    clockOffset,
    generation,
    unreachable,
    addCitizen: async (wanted) => {
      const citizen = await createCitizen(wanted);
      replace(citizen);
      return citizen;
    },
    changeCitizen: async (id, change) => replace(await changeCitizen(id, change)),
    advanceClock: async (ms) => setClockOffset((await advanceClock(ms)) - Date.now()),
    reset: async () => {
      await resetSimulator();
      await refresh();
      setGeneration((count) => count + 1);
    },
  };
}

function withCitizen(citizens: Citizen[], changed: Citizen): Citizen[] {
  const known = citizens.some((citizen) => citizen.id === changed.id);
  return known ? citizens.map((citizen) => (citizen.id === changed.id ? changed : citizen)) : [...citizens, changed];
}
