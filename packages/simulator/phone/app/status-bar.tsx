import { useEffect, useState } from 'react';
import { timeOf } from '../bubble/meta.tsx';
import { Icon } from '../icons/icon.tsx';

interface StatusBarProps {
  online: boolean;
  /** The simulator's time minus this machine's, in milliseconds. */
  clockOffset: number;
  locale: string;
}

/** The phone's own top line with the simulator's time; decorative. */
export function StatusBar({ online, clockOffset, locale }: StatusBarProps) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="status-bar" aria-hidden="true">
      <span>{timeOf(now + clockOffset, locale)}</span>
      <span className="status-signs">
        {online ? (
          <svg viewBox="0 0 18 14" width={18} height={14} aria-hidden="true">
            <path d="M1 13v-3h3v3ZM5.5 13V7h3v6ZM10 13V4h3v9ZM14.5 13V1h3v12Z" />
          </svg>
        ) : (
          <Icon name="plane" size={15} />
        )}
        <svg viewBox="0 0 26 14" width={26} height={14} aria-hidden="true">
          <path
            d="M3 1h18a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2ZM24.5 5v4"
            fill="none"
            stroke="currentColor"
            strokeWidth={1.4}
          />
          <rect x={3.2} y={3.2} width={14} height={7.6} rx={1} />
        </svg>
      </span>
    </div>
  );
}
