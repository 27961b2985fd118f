/**
 * Where and when a photo was taken, as its Exif data says. The camera's own clock counts only with its distance from UTC; else
 * the time of the satellites does, which is UTC. A photo that tells neither has no time.
 */
import { property } from '@hazir/core';
import exifr from 'exifr';

export interface PhotoFacts {
  position?: { latitude: number; longitude: number };
  takenAt?: Date;
  /** How it is to be turned, 1 to 8; 1 is upright. */
  orientation: number;
}

const READ = {
  ...{ tiff: true, ifd0: { pick: ['Orientation'] }, exif: true, gps: true, xmp: false, icc: false, iptc: false },
  ...{ makerNote: false, userComment: false, reviveValues: false, translateValues: false },
};
const dated = /^(\d{4})[:-](\d\d)[:-](\d\d)$/;
const clocked = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/;
const offset = /^[+-]\d\d:\d\d$/;

/** Reads what a photo says of itself; a broken one says nothing. */
export async function readPhotoFacts(bytes: Uint8Array): Promise<PhotoFacts> {
  const tags = await tagsOf(bytes);
  const position = positionOf(property(tags, 'latitude'), property(tags, 'longitude'));
  const takenAt = byCamera(tags) ?? bySatellite(tags);
  const orientation = Number(property(tags, 'Orientation'));
  return {
    ...(position !== undefined && { position }),
    ...(takenAt !== undefined && { takenAt }),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
  };
}

async function tagsOf(bytes: Uint8Array): Promise<unknown> {
  try {
    return await exifr.parse(bytes, READ);
  } catch {
    return undefined;
  }
}

/** 0/0 is what a camera writes that does not know. */
function positionOf(latitude: unknown, longitude: unknown): PhotoFacts['position'] {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  const known = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return known ? { latitude, longitude } : undefined;
}

function byCamera(tags: unknown): Date | undefined {
  const [, year, month, day, time] = clocked.exec(String(property(tags, 'DateTimeOriginal'))) ?? [];
  const zone = String(property(tags, 'OffsetTimeOriginal'));
  return time === undefined || !offset.test(zone) ? undefined : dateOf(`${year}-${month}-${day}T${time}${zone}`);
}

function bySatellite(tags: unknown): Date | undefined {
  const [, year, month, day] = dated.exec(String(property(tags, 'GPSDateStamp'))) ?? [];
  const time = property(tags, 'GPSTimeStamp');
  if (day === undefined || !Array.isArray(time)) return undefined;
  const [hours, minutes, seconds] = time.map((part) => String(Math.floor(Number(part))).padStart(2, '0'));
  return dateOf(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
}

function dateOf(iso: string): Date | undefined {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
