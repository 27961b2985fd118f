/** Whether a photo shows the place of a request, lately enough to be evidence of work. */
import { distance } from '../data/geometry.ts';
import { failed } from '../define-operation.ts';
import type { Move } from './life-cycles/life-cycle.ts';
import type { RequestRow } from './records.ts';

export interface Photo {
  /** Id of the message or of the file. */
  file: string;
  /** Where and when it was taken, as far as it says so. */
  latitude?: number | undefined;
  longitude?: number | undefined;
  takenAt?: Date | undefined;
}

type Refusal = ReturnType<typeof failed>;

/** Clocks of phones differ by so much. */
const AHEAD_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** Undefined when one of the photos will do for the move; else what is wrong with the one that comes nearest. */
export function refuseEvidence(
  { photo: wanted }: Move,
  row: RequestRow,
  given: { photos: readonly Photo[]; now: Date },
): Refusal | undefined {
  if (wanted === undefined) return undefined;
  const refusals = given.photos.map((photo) => refusePhoto(photo, row, { wanted, now: given.now }));
  if (refusals.includes(undefined)) return undefined;
  return refusals[0] ?? failed('service-requests:photo-missing', 'This move needs a photo of the place.');
}

function refusePhoto(
  { latitude, longitude, takenAt }: Photo,
  row: RequestRow,
  { wanted, now }: { wanted: NonNullable<Move['photo']>; now: Date },
): Refusal | undefined {
  if (latitude === undefined || longitude === undefined || takenAt === undefined)
    return failed('service-requests:photo-unplaced', 'The photo does not say where and when it was taken.');
  const { latitude: north, longitude: east, created_at } = row;
  const metres = north === null || east === null ? 0 : distance({ latitude, longitude }, { latitude: north, longitude: east });
  if (metres > wanted.metres)
    return failed(
      'service-requests:photo-far',
      `The photo was taken ${Math.round(metres)} m away; at most ${wanted.metres} m count.`,
    );
  const old = now.getTime() - takenAt.getTime() > wanted.hours * HOUR_MS || takenAt < created_at;
  if (old || takenAt.getTime() > now.getTime() + AHEAD_MS)
    return failed(
      'service-requests:photo-old',
      `The photo must be of the last ${wanted.hours} hours and from after the request.`,
    );
  return undefined;
}
