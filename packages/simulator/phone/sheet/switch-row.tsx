interface SwitchRowProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** A labelled switch. */
export function SwitchRow({ label, hint, on, onChange }: SwitchRowProps) {
  return (
    <label className="switch-row">
      <span className="row-words">
        <span className="row-label">{label}</span>
        {hint && <span className="row-detail">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={on}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
