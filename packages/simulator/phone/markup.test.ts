import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRightToLeft, parseInline, parseMarkup, plainText, safeAddress } from './bubble/markup.ts';

const text = (words: string) => ({ type: 'text', text: words });

describe('a line of a message', () => {
  test.each([
    ['plain words', 'Hello', [text('Hello')]],
    ['bold', 'a *b* c', [text('a '), { type: 'bold', children: [text('b')] }, text(' c')]],
    ['italic in bold', '*_x_*', [{ type: 'bold', children: [{ type: 'italic', children: [text('x')] }] }]],
    ['strike', '~old~', [{ type: 'strike', children: [text('old')] }]],
    ['code keeps its marks', '`*x*`', [{ type: 'code', text: '*x*' }]],
    ['a sum is not bold', '2*3*4', [text('2*3*4')]],
    ['a mark before a space is text', '* x*', [text('* x*')]],
    ['an open mark is text', '*x', [text('*x')]],
    ['a file name is not italic', 'a_b_c.pdf', [text('a_b_c.pdf')]],
    ['bold Hindi', '*नमस्ते* जी', [{ type: 'bold', children: [text('नमस्ते')] }, text(' जी')]],
    [
      'a link without its full stop',
      'See https://a.in/x.',
      [text('See '), { type: 'link', text: 'https://a.in/x', href: 'https://a.in/x' }, text('.')],
    ],
    [
      'an address without a scheme',
      'www.mcgm.gov.in',
      [{ type: 'link', text: 'www.mcgm.gov.in', href: 'https://www.mcgm.gov.in' }],
    ],
    ['a script is never a link', 'javascript:alert(1)', [text('javascript:alert(1)')]],
    ['markup of a page is text', '<b>x</b>', [text('<b>x</b>')]],
  ])('%s', (_description, line, expected) => {
    expect(parseInline(line)).toEqual(expected);
  });
});

describe('a whole message', () => {
  test('has bullets, numbers, quotes and monospace', () => {
    const kinds = parseMarkup('Hi\n- a\n- b\n3. c\n> d\n```e\n f```\nend').map((block) => block.type);
    expect(kinds).toEqual(['paragraph', 'bullets', 'numbers', 'quote', 'mono', 'paragraph']);
  });

  test('keeps the number that a list begins with', () => {
    expect(parseMarkup('3. c\n4. d')).toMatchObject([{ type: 'numbers', start: 3, items: [[text('c')], [text('d')]] }]);
  });

  test('leaves an open monospace mark as it was typed', () => {
    expect(parseMarkup('a ```b')).toEqual([{ type: 'paragraph', lines: [[text('a ```b')]] }]);
  });

  test('never loses a letter, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '_', '~', '`', 'a', ' ', '\n', '-', '1', '.', '>', 'ह', '🙏'), maxLength: 60 }),
        (typed) => {
          const letters = (value: string) => [...value.replace(/[^a-zह🙏]/gu, '')].sort().join('');
          expect(
            letters(
              JSON.stringify(parseMarkup(typed)).replace(
                /"(type|text|children|lines|items|start|href)":|"(paragraph|bullets|numbers|quote|mono|text|bold|italic|strike|code|link)"/gu,
                '',
              ),
            ),
          ).toBe(letters(typed));
        },
      ),
    );
  });

  test('is read in a moment, however hostile', () => {
    const began = performance.now();
    parseMarkup('*_~'.repeat(1365));
    parseMarkup('https://'.repeat(512));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

test.each([
  ['https://a.in', true],
  ['http://a.in', true],
  ['tel:+912255500100', true],
  ['mailto:a@b.in', true],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['/relative', false],
])('%s may be followed: %s', (url, allowed) => {
  expect(safeAddress(url) !== undefined).toBe(allowed);
});

test.each([
  ['السلام علیکم', true],
  ['123 سلام', true],
  ['Hello سلام', false],
  ['नमस्ते', false],
  ['', false],
])('"%s" runs from right to left: %s', (words, expected) => {
  expect(isRightToLeft(words)).toBe(expected);
});

test('a quote shows the words without their marks', () => {
  expect(plainText('Number: *MUM-1*\n_Roads_ https://a.in\n```x```')).toBe('Number: MUM-1 Roads https://a.in x');
});
