import type { InboundContent } from '@hazir/core';
import { expect, test } from 'vitest';
import { maskContent } from './mask-content.ts';

const cases: { description: string; content: InboundContent; masked: InboundContent }[] = [
  {
    description: 'a text',
    content: { type: 'text', text: 'mera aadhaar 2341 2341 2346 hai' },
    masked: { type: 'text', text: 'mera aadhaar XXXX XXXX 2346 hai' },
  },
  {
    description: 'a caption and the name of a file',
    content: {
      type: 'media',
      media: 'document',
      mediaId: 'm',
      mimeType: 'a/b',
      caption: 'PAN ABCPE1234F',
      fileName: '234123412346.pdf',
    },
    masked: {
      type: 'media',
      media: 'document',
      mediaId: 'm',
      mimeType: 'a/b',
      caption: 'PAN XXXXXX234F',
      fileName: 'XXXXXXXX2346.pdf',
    },
  },
  {
    description: 'the answers of a form',
    content: { type: 'form', name: 'apply', values: { id: '234123412346', list: ['ABCPE1234F', 5, null] } },
    masked: { type: 'form', name: 'apply', values: { id: 'XXXXXXXX2346', list: ['XXXXXX234F', 5, null] } },
  },
  {
    description: 'an edit',
    content: { type: 'edit', messageId: 'm', text: '234123412346' },
    masked: { type: 'edit', messageId: 'm', text: 'XXXXXXXX2346' },
  },
];

test.each(cases)('identity numbers are taken out of $description', ({ content, masked }) => {
  expect(maskContent(content)).toEqual(masked);
});

const untouched: InboundContent[] = [
  { type: 'text', text: 'my number is 919876543216, PIN 400028' },
  {
    type: 'contacts',
    contacts: [{ name: 'Asha', phones: [{ phone: '+91 98765 43210', waId: '234123412346' }] }],
    requested: true,
  },
  { type: 'choice', id: 'a/b/234123412346', label: '2341 2341 2346', source: 'list' },
  { type: 'location', latitude: 19, longitude: 72.8 },
];

test.each(untouched)('nothing is copied or changed where there is none: $type', (content) => {
  expect(maskContent(content)).toBe(content);
});
