import { useEffect, useState } from 'react';
import { textOf } from '../state/feed.ts';
import type { DeveloperProps } from './drawer.tsx';

const minute = 60_000;
const hour = 60 * minute;

/** The simulator's clock, and starting over. */
export function ClockPanel({ texts, locale, simulator }: DeveloperProps) {
  const words = texts.developer;
  const [now, setNow] = useState(Date.now());
  const [asked, setAsked] = useState(false);
  const [told, setTold] = useState('');
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const steps: [string, number][] = [
    [words.minutes(10), 10 * minute],
    [words.advance(1), hour],
    [words.advance(24), 24 * hour],
    [words.days(7), 7 * 24 * hour],
  ];
  const attempt = (action: Promise<void>) => action.catch((error: unknown) => setTold(textOf(error)));
  const reset = () => {
    setAsked(false);
    void attempt(simulator.reset());
  };
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(now + simulator.clockOffset);
  return (
    <div className="stack">
      <p className="clock-now">
        <span>{words.now}</span>
        <strong>{time}</strong>
      </p>
      <div className="button-grid">
        {steps.map(([label, ms]) => (
          <button key={label} type="button" className="quiet-button" onClick={() => void attempt(simulator.advanceClock(ms))}>
            {label}
          </button>
        ))}
      </div>
      <p className="hint">{words.resetHint}</p>
      <button
        type="button"
        className={asked ? 'main-button danger-button' : 'quiet-button'}
        onClick={() => (asked ? reset() : setAsked(true))}
      >
        {asked ? words.resetConfirm : words.reset}
      </button>
      <p role="status" className="hint">
        {told}
      </p>
    </div>
  );
}
