import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Faults } from '../../src/protocol.ts';
import { fetchFaults, putFaults } from '../api/client.ts';
import { SwitchRow } from '../sheet/switch-row.tsx';
import { textOf } from '../state/feed.ts';
import type { DeveloperProps } from './drawer.tsx';

const none: Faults = {
  duplicate: 0,
  reorder: 0,
  batch: 1,
  delayMs: 0,
  fail: null,
  drop: 0,
  acceptThenTimeout: 0,
  slowMs: 0,
  escape: false,
};
const chances = ['duplicate', 'reorder', 'drop', 'acceptThenTimeout'] as const;
const amounts = ['batch', 'delayMs', 'slowMs'] as const;
const usualError = 131_056;

/** Faults by name: what the simulated platform does wrong on purpose. */
export function FaultsPanel({ texts }: DeveloperProps) {
  const [faults, setFaults] = useState(none);
  const [told, setTold] = useState('');
  useEffect(() => {
    fetchFaults().then(setFaults, (error) => setTold(textOf(error)));
  }, []);
  const apply = (wanted: Faults) => {
    setFaults(wanted);
    putFaults(wanted).then(
      (set) => {
        setFaults(set);
        setTold(texts.developer.applied);
      },
      (error) => setTold(textOf(error)),
    );
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    apply(faults);
  };
  const { names } = texts.developer;
  return (
    <form className="stack" onSubmit={onSubmit}>
      {chances.map((name) => (
        <Chance
          key={name}
          label={names[name]}
          value={faults[name]}
          onChange={(value) => setFaults({ ...faults, [name]: value })}
        />
      ))}
      <Chance
        label={names.failProbability}
        value={faults.fail?.probability ?? 0}
        onChange={(probability) =>
          setFaults({ ...faults, fail: probability > 0 ? { code: faults.fail?.code ?? usualError, probability } : null })
        }
      />
      {faults.fail && (
        <Amount
          label={names.failCode}
          value={faults.fail.code}
          onChange={(code) => setFaults({ ...faults, fail: { code, probability: faults.fail?.probability ?? 1 } })}
        />
      )}
      {amounts.map((name) => (
        <Amount
          key={name}
          label={names[name]}
          value={faults[name]}
          onChange={(value) => setFaults({ ...faults, [name]: value })}
        />
      ))}
      <SwitchRow label={names.escape} on={faults.escape} onChange={(on) => setFaults({ ...faults, escape: on })} />
      <div className="button-line">
        <button type="button" className="quiet-button" onClick={() => apply(none)}>
          {texts.developer.clear}
        </button>
        <button type="submit" className="main-button">
          {texts.developer.apply}
        </button>
      </div>
      <p role="status" className="hint">
        {told}
      </p>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

function Chance({ label, value, onChange }: FieldProps) {
  const id = useId();
  const percent = `${Math.round(value * 100)} %`;
  return (
    <div className="chance">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{percent}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={value}
        aria-valuetext={percent}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function Amount({ label, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="amount">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        max={600_000}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </div>
  );
}
