import { join } from 'node:path';
import { trainIntents } from '@hazir/language';
import { describe, expect, it } from 'vitest';
import { compileFiles } from './compile-pack.ts';
import { PACKS_DIR } from './demo.ts';
import { readPack } from './read-pack.ts';
import { explain, phrasesOf } from './understanding.ts';

const { loaded } = compileFiles(await readPack(join(PACKS_DIR, 'mumbai')));
if (loaded === undefined) throw new Error('The pack has problems');
const { pack } = loaded;
const model = trainIntents(phrasesOf(pack));

describe('free text in the Mumbai pack', () => {
  it.each([
    { text: 'kachra nahi uthaya 3 din se', does: { flow: 'name-problem' } },
    { text: 'ward officer ka number 400028', does: { flow: 'find-officials' } },
    { text: 'भांडुप मध्ये पाणी येत नाही', does: { flow: 'name-problem' } },
    { text: 'nearest hospitl kidhar hai?', does: { flow: 'near-me' } },
    // Not sure: a flow with a title is offered, one without is opened when nothing else is near.
    { text: 'who is the officer for bandra', does: { offer: ['find-officials'] } },
    { text: 'my drain is overflowing since yesterday please help', does: { flow: 'name-problem' } },
    // Not for this service, or not for words at all.
    { text: 'ration card kaise banega', does: undefined },
    { text: 'hello bhai', does: undefined },
    { text: '400028', does: undefined },
    { text: '😡😡', does: undefined },
    { text: '', does: undefined },
  ])('$text', ({ text, does }) => {
    expect(explain(text, pack, model).understanding).toEqual(does);
  });
});

describe('how sure Hazir must be', () => {
  const asked = (understanding: typeof pack.understanding) =>
    explain('who is the officer for bandra', { ...pack, understanding }, model).understanding;

  it('is data of the pack', () => {
    expect(asked({})).toEqual({ offer: ['find-officials'] });
    expect(asked({ accept: 0.1 })).toEqual({ flow: 'find-officials' });
    expect(asked({ clarify: 0.44 })).toBeUndefined();
    const { understanding } = explain(
      'garbage officer',
      { ...pack, understanding: { accept: 2, clarify: -1, within: 2 } },
      model,
    );
    expect(understanding).toMatchObject({ offer: expect.any(Array) });
  });
});
