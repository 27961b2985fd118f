import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecords, encodeRecord } from './record.ts';

const body = fc.record({
  channelType: fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/),
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  raw: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});
const bodies = fc.array(body, { minLength: 1, maxLength: 8 });

test('what was written is read, byte for byte', () => {
  fc.assert(
    fc.property(bodies, (written) => {
      expect(decodeRecords(Buffer.concat(written.map(encodeRecord))).records).toEqual(written);
    }),
  );
});

test('a file that a crash cut anywhere gives the records before the cut, and says where they end', () => {
  fc.assert(
    fc.property(bodies, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (written, share, zeros) => {
      const encoded = written.map(encodeRecord);
      const whole = Buffer.concat(encoded);
      const cut = Math.floor(share * whole.length);
      const found = zeros ? Buffer.concat([whole.subarray(0, cut), Buffer.alloc(whole.length - cut)]) : whole.subarray(0, cut);
      const { records, good } = decodeRecords(found);
      const complete = encoded.filter((_, n) => Buffer.concat(encoded.slice(0, n + 1)).length <= cut).length;
      // Zeros in the place of zeros are no damage.
      expect(records.length).toBeGreaterThanOrEqual(complete);
      expect(records).toEqual(written.slice(0, records.length));
      expect(good).toBe(encoded.slice(0, records.length).reduce((sum, one) => sum + one.length, 0));
      if (!zeros) expect(records).toHaveLength(complete);
    }),
  );
});

test('a record with a changed byte is not believed', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, change) => {
      const bytes = Buffer.concat(written.map(encodeRecord));
      const at = place % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ change;
      const { records } = decodeRecords(bytes);
      expect(records.length).toBeLessThan(written.length);
      expect(records).toEqual(written.slice(0, records.length));
    }),
  );
});
