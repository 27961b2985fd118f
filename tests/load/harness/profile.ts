/** Reads V8 processor profiles: where the time of a run went, by function and by place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

export interface HotPlace {
  name: string;
  /** Percent of the time that was not idle. */
  share: number;
}

/** The functions with the most time of their own, over all profiles of a folder. */
export function hotFunctions(folder: string, most: number): HotPlace[] {
  const times = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile: Profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    for (const [index, id] of profile.samples.entries()) {
      const name = names.get(id) ?? '';
      times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0));
    }
  }
  for (const idle of times.keys()) if (/^\((idle|root)\)/.test(idle)) times.delete(idle);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, time]) => ({ name, share: Math.round((time / total) * 1000) / 10 }));
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  return `${functionName || '(anonymous)'} ${shorten(url)}:${lineNumber + 1}`;
}

function shorten(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(packages|node_modules)\//, '$1/');
}
