import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecords, encodeRecord } from './record.ts';

const body = fc.record({
  channelType: fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/),
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  raw: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});
const bodies = fc.array(body, { minLength: 1, maxLength: 8 });
const later = fc.array(body, { maxLength: 3 });

test('what was written is read, byte for byte', () => {
  fc.assert(
    fc.property(bodies, (written) => {
      expect(decodeRecords(Buffer.concat(written.map(encodeRecord)))).toEqual({ records: written, torn: 0 });
    }),
  );
});

test('a file cut anywhere, zeros behind the cut, others’ records behind them: exactly the whole records are read', () => {
  fc.assert(
    fc.property(bodies, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(64), later, (written, share, zeros, others) => {
      const encoded = written.map(encodeRecord);
      const cut = Math.floor(share * Buffer.concat(encoded).length);
      const whole = written.filter((_, n) => Buffer.concat(encoded.slice(0, n + 1)).length <= cut);
      const torn = cut - Buffer.concat(encoded.slice(0, whole.length)).length + zeros;
      const rest = Buffer.concat([Buffer.alloc(zeros), ...others.map(encodeRecord)]);
      // A record may be made whole again by zeros that stand where it had zeros.
      const mended = encoded[whole.length]?.equals(
        Buffer.concat([Buffer.concat(encoded).subarray(cut - torn + zeros, cut), rest]).subarray(
          0,
          encoded[whole.length]?.length,
        ),
      );
      fc.pre(mended !== true);
      const found = decodeRecords(Buffer.concat([Buffer.concat(encoded).subarray(0, cut), rest]));
      expect(found).toEqual({ records: [...whole, ...others], torn });
    }),
  );
});

test('a record with a changed byte is not believed, and its neighbours are', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, change) => {
      const encoded = written.map(encodeRecord);
      const bytes = Buffer.concat(encoded);
      const at = place % bytes.length;
      const hit = encoded.findIndex((_, n) => Buffer.concat(encoded.slice(0, n + 1)).length > at);
      bytes[at] = (bytes[at] ?? 0) ^ change;
      expect(decodeRecords(bytes).records).toEqual(written.filter((_, n) => n !== hit));
    }),
  );
});
