import { useRef, useState } from 'react';
import type { ChatItem } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { type MediaContent, mediaName } from './describe.ts';
import { Meta } from './meta.tsx';

const bars = 34;

/** A voice message or other recording: play, pause, seek; the wave is an ornament drawn from the media id. */
export function AudioPlayer({ item, body }: { item: ChatItem; body: MediaContent }) {
  const { texts } = usePhone();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);

  const toggle = () => {
    if (playing) audio.current?.pause();
    else void audio.current?.play().catch(() => setPlaying(false));
  };
  const seek = (fraction: number) => {
    if (audio.current && length > 0) audio.current.currentTime = fraction * length;
  };
  const played = length > 0 ? at / length : 0;
  return (
    <div className="player">
      {/* biome-ignore lint/a11y/useMediaCaption: a voice message comes without a caption track. */}
      <audio
        ref={audio}
        src={body.url}
        preload="auto"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => measure(event.currentTarget, setLength)}
        onEnded={() => setAt(0)}
      />
      <span className="player-badge">
        <Icon name="mic" size={20} />
      </span>
      <button
        type="button"
        className="player-button"
        aria-label={`${playing ? texts.bubble.pause : texts.bubble.play}: ${mediaName(body.media, texts)}`}
        onClick={toggle}
      >
        <Icon name={playing ? 'pause' : 'play'} size={24} />
      </button>
      <span className="player-track">
        <Wave seed={body.mediaId} played={played} />
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={played}
          aria-label={texts.bubble.position}
          aria-valuetext={`${clock(at)} / ${clock(length)}`}
          onChange={(event) => seek(Number(event.currentTarget.value))}
        />
        <span className="player-time">{clock(at > 0 ? at : length)}</span>
      </span>
      <Meta item={item} />
    </div>
  );
}

function Wave({ seed, played }: { seed: string; played: number }) {
  return (
    <svg className="wave" viewBox={`0 0 ${bars * 4} 24`} preserveAspectRatio="none" aria-hidden="true">
      {heights(seed).map((height, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never move.
          key={index}
          className={index / bars < played ? 'wave-played' : undefined}
          x={index * 4}
          y={12 - height / 2}
          width={2.4}
          height={height}
          rx={1.2}
        />
      ))}
    </svg>
  );
}

function heights(seed: string): number[] {
  let state = 7;
  for (const letter of seed) state = (state * 31 + letter.charCodeAt(0)) % 65_521;
  return Array.from({ length: bars }, (_, index) => {
    state = (state * 75 + 74) % 65_537;
    return 4 + (state / 65_537) * 12 * (0.6 + 0.4 * Math.sin(index / 3));
  });
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A recording without a length in its head says Infinity; once sought to its end, it knows. */
function measure(audio: HTMLAudioElement, setLength: (seconds: number) => void): void {
  if (audio.duration === Number.POSITIVE_INFINITY) {
    audio.currentTime = Number.MAX_SAFE_INTEGER;
  } else if (Number.isFinite(audio.duration)) {
    setLength(audio.duration);
    if (audio.paused) audio.currentTime = 0;
  }
}
