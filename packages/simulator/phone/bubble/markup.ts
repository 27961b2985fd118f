/**
 * WhatsApp's text marks as data: *bold*, _italic_, ~strike~, `code`, ```monospace```, lists, quotes and links. One pass
 * over the characters and no regular expression that could backtrack; what does not close stays as it was typed.
 */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; text: string; href: string };

export type Block =
  | { type: 'paragraph'; lines: Inline[][] }
  | { type: 'quote'; lines: Inline[][] }
  | { type: 'bullets'; items: Inline[][] }
  | { type: 'numbers'; start: number; items: Inline[][] }
  | { type: 'mono'; text: string };

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const deepest = 3;

/** Reads a message's text into blocks; never fails. */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = [];
  const parts = text.split('```');
  // An odd number of fences leaves the last one open: it is text.
  const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('```')];
  closed.forEach((part, index) => {
    if (index % 2 === 1) blocks.push({ type: 'mono', text: part.replace(/^\n|\n$/g, '') });
    else for (const line of trimEdges(part, index, closed.length)) addLine(blocks, line);
  });
  return blocks;
}

/** A message's words on one line, without their marks: for a quote or a list. */
export function plainText(text: string): string {
  const lines = text.replaceAll('```', '').split('\n');
  return lines.map((line) => plainInlines(parseInline(line))).join(' ');
}

/** Only addresses that a browser may follow from a message. */
export function safeAddress(url: string): string | undefined {
  try {
    const { protocol } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' || protocol === 'tel:' || protocol === 'mailto:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The first letter with a direction decides, as dir="auto" does. */
export function isRightToLeft(text: string): boolean {
  for (const letter of text) {
    if (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(letter)) return /\p{L}/u.test(letter);
    if (/\p{L}/u.test(letter)) return false;
  }
  return false;
}

function plainInlines(inlines: Inline[]): string {
  return inlines.map((inline) => ('children' in inline ? plainInlines(inline.children) : inline.text)).join('');
}

function trimEdges(part: string, index: number, count: number): string[] {
  const lines = part.split('\n');
  if (index > 0 && lines[0] === '') lines.shift();
  if (index < count - 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

function addLine(blocks: Block[], line: string): void {
  const last = blocks.at(-1);
  const bullet = /^[-*•] (?=\S)/u.exec(line);
  const number = /^(\d{1,2})\. (?=\S)/u.exec(line);
  if (bullet) {
    const item = parseInline(line.slice(bullet[0].length));
    if (last?.type === 'bullets') last.items.push(item);
    else blocks.push({ type: 'bullets', items: [item] });
  } else if (number) {
    const item = parseInline(line.slice(number[0].length));
    if (last?.type === 'numbers') last.items.push(item);
    else blocks.push({ type: 'numbers', start: Number(number[1]), items: [item] });
  } else {
    const quoted = line.startsWith('> ');
    const type = quoted ? 'quote' : 'paragraph';
    const content = parseInline(quoted ? line.slice(2) : line);
    if (last?.type === type) last.lines.push(content);
    else blocks.push({ type, lines: [content] });
  }
}

/** Reads the marks and links of one line. */
export function parseInline(line: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') found.push({ type: 'text', text: plain });
    plain = '';
  };
  let at = 0;
  while (at < line.length) {
    const special = specialAt(line, at, depth);
    if (special) {
      flush();
      found.push(special.inline);
      at = special.end;
    } else {
      plain += line[at];
      at += 1;
    }
  }
  flush();
  return found;
}

function specialAt(line: string, at: number, depth: number): { inline: Inline; end: number } | undefined {
  const sign = line[at];
  if (sign === '`') return codeAt(line, at);
  if (sign === '*' || sign === '_' || sign === '~') return depth < deepest ? markedAt(line, at, { sign, depth }) : undefined;
  if (sign === 'h' || sign === 'H' || sign === 'w' || sign === 'W') return linkAt(line, at);
  return undefined;
}

function codeAt(line: string, at: number): { inline: Inline; end: number } | undefined {
  const end = line.indexOf('`', at + 1);
  if (end <= at + 1) return undefined;
  return { inline: { type: 'code', text: line.slice(at + 1, end) }, end: end + 1 };
}

function markedAt(line: string, at: number, how: { sign: '*' | '_' | '~'; depth: number }) {
  const { sign, depth } = how;
  if (isWordLetter(line[at - 1]) || isSpace(line[at + 1])) return undefined;
  for (let end = line.indexOf(sign, at + 1); end > 0; end = line.indexOf(sign, end + 1)) {
    if (end === at + 1) return undefined;
    if (isSpace(line[end - 1]) || isWordLetter(line[end + 1])) continue;
    const inline: Inline = { type: marks[sign], children: parseInline(line.slice(at + 1, end), depth + 1) };
    return { inline, end: end + 1 };
  }
  return undefined;
}

function linkAt(line: string, at: number): { inline: Inline; end: number } | undefined {
  if (isWordLetter(line[at - 1])) return undefined;
  const rest = line.slice(at, at + 2048);
  const lower = rest.slice(0, 8).toLowerCase();
  if (!lower.startsWith('https://') && !lower.startsWith('http://') && !lower.startsWith('www.')) return undefined;
  const text = withoutTrailingSigns(rest.split(/[\s<>"]/u, 1)[0] ?? '');
  const href = safeAddress(lower.startsWith('www.') ? `https://${text}` : text);
  if (!href || !text.includes('.')) return undefined;
  return { inline: { type: 'link', text, href }, end: at + text.length };
}

function withoutTrailingSigns(text: string): string {
  let end = text.length;
  while (end > 0 && ".,;:!?)]}*_~'।".includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

function isSpace(letter: string | undefined): boolean {
  return letter === undefined || letter.trim() === '';
}

function isWordLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{M}\p{N}]/u.test(letter);
}
