interface AvatarProps {
  name: string;
  /** In CSS pixels. */
  size?: number;
}

const tones = 6;

/** A round picture made of initials; the name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, size = 40 }: AvatarProps) {
  return (
    <span
      className={`avatar avatar-${toneOf(name)}`}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const firsts = words.slice(0, 2).map((word) => [...segments.segment(word)][0]?.segment ?? '');
  return firsts.join('').toLocaleUpperCase();
}

function toneOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return sum % tones;
}
