import { useEffect, useState } from 'react';
import type { Citizen } from '../../src/protocol.ts';
import { writeAddress } from '../state/preferences.ts';

const most = 3;

export interface ShownCitizens {
  /** One phone each, from left to right. */
  ids: string[];
  /** Adds a phone for a citizen who has none yet; false when there is nobody. */
  add: () => boolean;
  /** Puts a citizen on the phone at `slot`; a citizen who has one already changes places. */
  show: (id: string, slot: number) => void;
  remove: (slot: number) => void;
}

/** Which citizens have a phone on the page; kept in the address. */
export function useShownCitizens(citizens: Citizen[], wanted: string[]): ShownCitizens {
  const [chosen, setChosen] = useState(wanted);
  const existing = chosen.filter((id) => citizens.some((citizen) => citizen.id === id));
  const ids = existing.length > 0 ? existing : citizens.slice(0, 1).map((citizen) => citizen.id);
  const key = ids.join('\n');
  useEffect(() => {
    if (key !== '') writeAddress(key.split('\n'));
  }, [key]);
  return {
    ids,
    add: () => {
      const next = citizens.find((citizen) => !ids.includes(citizen.id));
      if (!next || ids.length >= most) return false;
      setChosen([...ids, next.id]);
      return true;
    },
    show: (id, slot) => {
      const replaced = ids[slot];
      const next = ids.map((old) => (old === id && replaced !== undefined ? replaced : old));
      next[Math.min(slot, most - 1)] = id;
      setChosen([...new Set(next)]);
    },
    remove: (slot) => setChosen(ids.filter((_, index) => index !== slot)),
  };
}
