/**
 * What the citizens say: conversations through the real flows of the Mumbai pack. Every block begins and ends at the menu, and
 * every input has exactly one bubble as its answer, whose words are known from the pack's own texts. So a reply that is lost,
 * doubled or in the wrong place is noticed at once.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a citizen sends: words, or a tap on an option of ours. */
export type Said = { text: string } | { tap: string; title: string; kind: 'list_reply' | 'button_reply' };

export type Language = 'en' | 'hi' | 'mr';

/** Where a citizen stands: which block, which of its steps, and how many blocks there were before. */
export interface Place {
  block: number;
  step: number;
  round: number;
}

export interface Step {
  said: Said;
  /** The answer holds one of these. */
  expected: readonly string[];
}

export interface Script {
  /** The two turns of a citizen whom Hazir does not know yet; they end at the menu. */
  welcome: Record<Language, readonly Step[]>;
  blocks: Record<Language, readonly (readonly Step[])[]>;
  /** Shares of the blocks, adding up to 1. */
  shares: readonly number[];
}

/** A step as it is written below: what is said, and the keys of the texts one of which must come. */
type Written = readonly [say: string | Readonly<Record<Language, string>>, ...keys: string[]];

const MENU: Written = ['menu', 'menu.services'];

/** A tap is written as "list:" or "button:" and flow, node and option, which is the id on the wire. */
const BLOCKS: readonly { share: number; steps: readonly Written[] }[] = [
  {
    share: 0.4,
    steps: [['list:menu/services/find-officials', 'find-officials.where'], ['400014', 'find-officials.which-ward'], MENU],
  },
  {
    share: 0.3,
    steps: [['list:menu/services/request-status', 'request-status.number'], ['0000 0000', 'request-card.unknown'], MENU],
  },
  {
    share: 0.2,
    steps: [['list:menu/services/my-requests', 'my-requests.none', 'my-requests.which', '=*MUM-'], MENU],
  },
  {
    share: 0.1,
    steps: [
      [{ en: 'pothole', hi: 'गड्ढा', mr: 'खड्डा' }, 'new-complaint.where'],
      ['400028', 'new-complaint.confirm'],
      ['button:new-complaint/confirm/yes', 'new-complaint.sent'],
      MENU,
    ],
  },
];
const WELCOME: readonly Written[] = [
  ['Hi', 'welcome.choose-language'],
  [{ en: 'English', hi: 'हिन्दी', mr: 'मराठी' }, 'menu.services'],
];

/** Reads the pack's texts and makes the script; throws when a text is gone or has no words of its own. */
export function readScript(packFolder: string): Script {
  const make = (language: Language, written: readonly Written[]): Step[] => {
    const texts: unknown = parse(readFileSync(`${packFolder}/texts/${language}.yaml`, 'utf8'));
    return written.map(([say, ...keys]) => ({
      said: saidOf(texts, typeof say === 'string' ? say : say[language]),
      expected: keys.map((key) => (key.startsWith('=') ? key.slice(1) : wordsOf(texts, key))),
    }));
  };
  const each = <Made>(of: (language: Language) => Made): Record<Language, Made> => ({ en: of('en'), hi: of('hi'), mr: of('mr') });
  return {
    welcome: each((language) => make(language, WELCOME)),
    blocks: each((language) => BLOCKS.map(({ steps }) => make(language, steps))),
    shares: BLOCKS.map(({ share }) => share),
  };
}

function saidOf(texts: unknown, say: string): Said {
  const [, where, flow, node, option] = /^(list|button):([^/]+)\/([^/]+)\/(.+)$/.exec(say) ?? [];
  if (flow === undefined || node === undefined || option === undefined) return { text: say };
  const label = find(texts, [flow, node, 'options', option]);
  const title = typeof label === 'string' ? label : find(label, ['label']);
  return { tap: `${flow}/${node}/${option}`, title: String(title), kind: where === 'list' ? 'list_reply' : 'button_reply' };
}

function find(within: unknown, path: readonly string[]): unknown {
  let found = within;
  for (const part of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  return found;
}

/** The longest stretch of a text that holds no placeholder. */
function wordsOf(texts: unknown, key: string): string {
  const entry = find(texts, key.split('.'));
  const found = typeof entry === 'string' ? entry : find(entry, ['text']);
  if (typeof found !== 'string') throw new Error(`the pack has no text ${key}`);
  const words = literals(found).sort((a, b) => b.length - a.length)[0];
  if (words === undefined || words.length < 3) throw new Error(`the text ${key} has no words of its own`);
  return words;
}

function literals(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if ((text[at] === '{' || at === text.length) && depth === 0) found.push(text.slice(from, at));
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') {
      depth -= 1;
      from = at + 1;
    }
  }
  return found;
}

/** The step that a citizen takes now. */
export function stepAt(script: Script, language: Language, place: Place): Step {
  const step = script.blocks[language][place.block]?.[place.step];
  if (step === undefined) throw new Error('a citizen is beyond the script');
  return step;
}

/** Moves on; at the end of a block the next one is drawn from the citizen's own sequence. */
export function moveOn(script: Script, language: Language, place: Place, seed: number): void {
  place.step += 1;
  if (place.step < (script.blocks[language][place.block]?.length ?? 0)) return;
  enterBlock(script, place, seed);
}

/** Begins a block at the menu. */
export function enterBlock(script: Script, place: Place, seed: number): void {
  place.step = 0;
  place.round += 1;
  let left = drawOf(seed, place.round);
  place.block = 0;
  for (const [block, share] of script.shares.entries()) {
    if (left < share) {
      place.block = block;
      return;
    }
    left -= share;
  }
}

/** A number from 0 to 1 that depends on nothing but these two. */
function drawOf(seed: number, round: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(round + 0x165667b1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
}
