import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, distanceToRing, medianPoint } from './geometry.ts';

const anywhere = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('a degree of latitude is 111.195 km, the Gateway is 2.0 km from CSMT, Delhi is 1,148 km from Mumbai', () => {
  expect(distance({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo(111_195, -1);
  expect(distance({ latitude: 18.922, longitude: 72.8347 }, { latitude: 18.9398, longitude: 72.8355 })).toBeCloseTo(1_981, -1);
  expect(distance({ latitude: 19.076, longitude: 72.8777 }, { latitude: 28.6139, longitude: 77.209 }) / 1000).toBeCloseTo(
    1_148,
    -1,
  );
});

test('a distance is the same both ways, never negative, and never more than half around the earth', () => {
  fc.assert(
    fc.property(anywhere, anywhere, (a, b) => {
      const metres = distance(a, b);
      expect(metres).toBeCloseTo(distance(b, a), 3);
      expect(metres).toBeGreaterThanOrEqual(0);
      expect(metres).toBeLessThan(20_015_200);
    }),
  );
});

test('the distance to a boundary is that to its nearest edge, not only to its corners', () => {
  const ring = [
    [72, 19],
    [73, 19],
    [73, 20],
    [72, 20],
    [72, 19],
  ] as const;
  expect(distanceToRing({ latitude: 18.999, longitude: 72.5 }, ring)).toBeCloseTo(111.2, 0);
  expect(distanceToRing({ latitude: 19.5, longitude: 73.001 }, ring)).toBeCloseTo(104.8, 0);
});

test('one point that is plotted wrongly does not move the middle', () => {
  const near = { latitude: 19, longitude: 72.8 };
  expect(medianPoint([near, near, { latitude: 28, longitude: 77 }])).toEqual(near);
  expect(medianPoint([])).toBeUndefined();
});
