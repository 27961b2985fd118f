/** Makes ready what a pack's past is drawn from: its categories, and spots in its areas. */
import type { Problem } from '@hazir/core';
import { z } from 'zod';
import { degrees } from '../../data/degrees.ts';
import { readSettings } from '../../data/settings.ts';
import { createReader } from '../../data/source.ts';
import { readTable } from '../../data/table.ts';
import type { ServiceSource } from '../../service-module.ts';
import { type Categories, type Category, readCategories } from '../categories.ts';
import { readLifeCycles } from '../life-cycles/read.ts';
import type { ReferencePattern } from '../reference.ts';
import { serviceRequestSettings } from '../settings.ts';
import type { PastWorld, Spot } from './draw.ts';
import { type PastPlan, readPlan } from './plan.ts';

export interface Past {
  world: Omit<PastWorld, 'now'>;
  reference: ReferencePattern;
}

/** The code of the area that a point lies in; undefined outside. */
export type AreaAt = (point: { latitude: number; longitude: number }) => Promise<string | undefined>;

/** Different spots; every one is asked about once. */
const SPOTS = 3_000;
const MOST_TRIES = 4 * SPOTS;
const METRES_OF_DEGREE = 111_320;

/** `random` gives 0 <= n < 1. Problems instead of a past where the pack does not say how to draw one. */
export async function readPast(
  source: ServiceSource,
  { areaAt, random }: { areaAt: AreaAt; random: () => number },
): Promise<{ past?: Past; problems: Problem[] }> {
  const reader = createReader(source);
  const settings = readSettings(serviceRequestSettings, { source, reader, service: 'service-requests' });
  const categories = settings && readCategories(reader, settings.categories, readLifeCycles(reader, settings.lifeCycles));
  const plan = readPlan(reader);
  if (!settings || !categories || !plan) return { problems: reader.problems };
  const columns = z.object({ latitude: degrees(90), longitude: degrees(180) });
  const points = readTable(reader, { file: plan.spots.file, columns, texts: {} }).map(({ values }) => values);
  if (reader.problems.length > 0) return { problems: reader.problems };
  const spots = await drawSpots(points, { plan, areaAt, random });
  return { past: { world: { plan, spots, groups: groupsOf(categories) }, reference: settings.reference }, problems: [] };
}

async function drawSpots(
  points: readonly { latitude: number; longitude: number }[],
  { plan, areaAt, random }: { plan: PastPlan; areaAt: AreaAt; random: () => number },
): Promise<Spot[]> {
  const spots: Spot[] = [];
  for (let tries = 0; tries < MOST_TRIES && spots.length < SPOTS; tries += 1) {
    const near = points[Math.floor(random() * points.length)];
    if (near === undefined) break;
    const away = (): number => ((random() * 2 - 1) * plan.spots.within) / METRES_OF_DEGREE;
    const point = { latitude: near.latitude + away(), longitude: near.longitude + away() };
    const area = await areaAt(point);
    if (area !== undefined) spots.push({ area, ...point });
  }
  return spots;
}

function groupsOf(categories: Categories): [string, Category[]][] {
  return categories.childrenOf(undefined).map((top) => [top.code, leavesOf(categories, top)]);
}

function leavesOf(categories: Categories, category: Category): Category[] {
  const children = categories.childrenOf(category.code);
  return children.length === 0 ? [category] : children.flatMap((child) => leavesOf(categories, child));
}
