import type { Ticks as TicksState } from '../../src/protocol.ts';
import type { Texts } from '../texts/index.ts';

const shapes: Record<TicksState, string> = {
  pending: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8 5v3.2l2 1.2',
  sent: 'M3.5 8.5l3 3L13 4.5',
  delivered: 'M1.5 8.5l3 3L11 4.5M8.2 10.3l1.3 1.2L16 4.5',
  read: 'M1.5 8.5l3 3L11 4.5M8.2 10.3l1.3 1.2L16 4.5',
  played: 'M1.5 8.5l3 3L11 4.5M8.2 10.3l1.3 1.2L16 4.5',
  failed: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8 5v3.5M8 10.7v.1',
};

/** The state of a sent message: clock, one tick, two, two in blue, or a warning. */
export function Ticks({ state, texts }: { state: TicksState; texts: Texts }) {
  return (
    <svg
      className={`ticks ticks-${state}`}
      viewBox="0 0 17 16"
      width={17}
      height={16}
      role="img"
      aria-label={texts.chat.ticks[state]}
    >
      <path d={shapes[state]} />
    </svg>
  );
}
