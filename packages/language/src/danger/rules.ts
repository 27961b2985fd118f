import { IDEAS, type Idea } from './words/danger-words.ts';

/** What a citizen may be in, the gravest first: where a message tells of two, the earlier one is answered. */
export const DANGERS = [
  'pregnancy',
  'breathing',
  'chest_pain',
  'unconscious',
  'poisoning',
  'snake_bite',
  'electric_shock',
  'flood',
  'collapse',
  'fire',
  'gas_leak',
  'injury',
  'suicide',
  'violence',
  'missing_child',
  'distress',
] as const;

export type Danger = (typeof DANGERS)[number];

/** Ideas that together mean a danger when their words stand near each other, in any order. */
export interface Rule {
  danger: Danger;
  ideas: readonly Idea[];
  /** Said about the thing, not in fear: words like "brigade" or "station" near it mean that nothing burns. */
  soft: boolean;
  /** Told in a long sentence, so that its ideas may stand further apart. */
  wide: boolean;
  /** An idea that makes the rule silent: a dog that lies dead in front of my house was not beaten by anybody. */
  unless: Idea | undefined;
}

/** One line for each way to say it; a question mark marks a soft rule, a tilde a wide one, a minus what makes it silent. */
const LINES: Readonly<Record<Danger, readonly string[]>> = {
  pregnancy: [
    'pregnant blood ~',
    'pregnant pain ~',
    'pregnant fits',
    'pregnant unconscious',
    'pregnant breath hard',
    'pregnant water burst',
    'labour pain',
    'labour blood',
    'wife blood ~ ?',
    'baby belly move not',
  ],
  breathing: [
    'breath not',
    'breath hard',
    'breath stop',
    'breathless me',
    'breathless breath',
    'breathless child',
    'breathless family',
  ],
  chest_pain: ['chestpain', 'chest pain', 'heart attack', 'heart pain', 'chest hard'],
  unconscious: [
    'unconscious',
    'conscious not',
    'conscious lost',
    'fits happened',
    'fits got',
    'fits child',
    'fits family',
    'fits me',
  ],
  poisoning: [
    'poison swallow',
    'pills much swallow',
    'pills swallow child',
    'pills swallow family',
    'pills swallow die',
    'pills swallow poison',
  ],
  snake_bite: ['snake bite'],
  electric_shock: ['electrocuted', 'current got', 'shock got', 'current shock'],
  flood: ['trapped flood', 'trapped water', 'trapped roof', 'drown', 'flood save', 'water roof save', 'water save me'],
  collapse: ['home collapse', 'roof collapse', 'debris trapped', 'home debris'],
  fire: ['fire lit', 'fire home ?', 'fire smoke ?', 'home lit fire', 'cylinder burst', 'cylinder fire'],
  gas_leak: ['gas leak', 'gas smell', 'cylinder leak', 'cylinder smell'],
  injury: [
    'accident happened',
    'accident blood',
    'accident hurt',
    'blood much',
    'blood stop not',
    'acid got',
    'acid hit',
    'acid attack',
  ],
  suicide: [
    'suicide',
    'self kill',
    'self hang',
    'self end',
    'life end',
    'die want',
    'die me want',
    'live not',
    'life give',
    'hang want',
    'hang got me',
  ],
  violence: ['hit me -animal', 'family hit', 'rape', 'kill me -animal'],
  missing_child: [
    'child missing',
    'child found not ~',
    'kidnap',
    'carryoff child -goods',
    'carryoff family -goods',
    'carryoff me -goods',
  ],
  distress: ['save me', 'trapped lift', 'trapped save -animal'],
};

/** Signs at the end of a line that are no ideas. */
const MARKS: ReadonlySet<string> = new Set(['?', '~']);

/** All rules, those of a graver danger first. */
export const RULES: readonly Rule[] = DANGERS.flatMap((danger) =>
  LINES[danger].map((line) => {
    const words = line.split(' ');
    const unless = words.find((word) => word.startsWith('-'))?.slice(1);
    const ideas = words.filter((word) => !MARKS.has(word) && !word.startsWith('-')).map(ideaOf);
    return {
      danger,
      ideas,
      soft: words.includes('?'),
      wide: words.includes('~'),
      unless: unless === undefined ? undefined : ideaOf(unless),
    };
  }),
);

function ideaOf(name: string): Idea {
  const idea = IDEAS.find((each) => each === name);
  if (idea === undefined) throw new TypeError(`A rule names the idea "${name}", which does not exist`);
  return idea;
}
