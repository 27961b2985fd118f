/** Ways in which people write the same words, made by rule, for tests and evaluations of what must not be missed. */

/** Spellings that sound the same: long vowels short, aspirates lost, v for w, z for j, sh for s, letters stretched. */
const SAME_SOUND: readonly (readonly [RegExp, string])[] = [
  [/aa/g, 'a'],
  [/ee/g, 'i'],
  [/oo/g, 'u'],
  [/v/g, 'w'],
  [/z/g, 'j'],
  [/(?<=[kgtdpb])h/g, ''],
  [/ी/g, 'ि'],
  [/ू/g, 'ु'],
  [/ँ/g, 'ं'],
  [/\u093C/g, ''],
  [/ী/g, 'ি'],
  [/a\b/g, 'aaaa'],
];

/** The message in every such spelling that differs from it, and with one letter of its longest words lost, doubled or swapped. */
export function misspellingsOf(message: string): string[] {
  const respelt = SAME_SOUND.map(([pattern, spelling]) => message.normalize('NFD').replace(pattern, spelling).normalize('NFC'));
  const typed = (message.match(/[a-z]{9,}/gi) ?? []).flatMap((word) => {
    const at = Math.floor(word.length / 2);
    const [before, here = '', next = '', after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
    return [before + next + after, before + here + here + next + after, before + next + here + after].map((each) =>
      message.replace(word, each),
    );
  });
  const dressed = [
    message.toUpperCase(),
    `${message}!!! 😭🙏`,
    `  ${message.replaceAll(' ', '  ')} plz help`,
    `hello sir, ${message}`,
  ];
  return [...new Set([...respelt, ...typed, ...dressed])].filter((each) => each !== message);
}
