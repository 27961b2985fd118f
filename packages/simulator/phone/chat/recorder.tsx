import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { sampleVoice } from '../sample/voice.ts';
import { usePhone } from '../state/phone-context.ts';
import { type Recording, startRecording } from './recording.ts';

/** Records while it is shown; without a microphone the sample is sent and the citizen is told. */
export function Recorder({ onDone }: { onDone: () => void }) {
  const { texts, sendFile, notify } = usePhone();
  const [seconds, setSeconds] = useState(0);
  const recording = useRef<Promise<Recording>>(undefined);
  const cancel = useRef<HTMLButtonElement>(null);
  const giveUp = useRef<() => void>(() => undefined);
  giveUp.current = () => {
    notify(texts.record.unavailable);
    sampleVoice().then(sendFile, () => undefined);
    onDone();
  };
  useEffect(() => {
    let shown = true;
    const started = startRecording();
    recording.current = started;
    started.catch(() => shown && giveUp.current());
    cancel.current?.focus();
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000);
    return () => {
      shown = false;
      clearInterval(timer);
      void started.then((running) => running.discard()).catch(() => undefined);
    };
  }, []);
  const finish = async () => {
    const running = await recording.current;
    const blob = await running?.finish();
    if (blob) sendFile({ media: 'voice', blob, fileName: 'voice.ogg' });
    onDone();
  };
  return (
    <div className="composer">
      <div className="composer-line">
        <fieldset className="composer-field recorder">
          <legend className="hidden-text">{texts.record.recording}</legend>
          <button ref={cancel} type="button" className="round-button" aria-label={texts.record.discard} onClick={onDone}>
            <Icon name="trash" />
          </button>
          <span className="record-dot" aria-hidden="true" />
          <span role="timer" className="record-time">
            {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
          </span>
          <span className="record-words">{texts.record.recording}</span>
        </fieldset>
        <button
          type="button"
          className="send-button"
          aria-label={texts.record.send}
          onClick={() => void finish().catch(() => giveUp.current())}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  );
}
