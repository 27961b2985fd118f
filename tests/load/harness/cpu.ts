/** Processor time of process trees, from /proc: what a turn costs is the figure to trust, rates move with the neighbours. */
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time since boot or since the process began. */
export interface CpuReading {
  /** By name of the tree. */
  trees: Record<string, number>;
  /** Everything that ran on this machine. */
  machine: number;
  at: number;
}

export interface CpuUse {
  /** Microseconds used by each tree. */
  micros: Record<string, number>;
  /** Cores in use by each tree and, under `foreign`, by everybody else. */
  cores: Record<string, number>;
}

const TICKS = 100;

interface Stat {
  parent: number;
  /** Ticks of the process and of its children that ended. */
  ticks: number;
}

/** `roots` are process ids by name; a tree is a root with all below it, its ended children included. */
export function readCpu(roots: Readonly<Record<string, readonly number[]>>): CpuReading {
  const stats = readStats();
  const trees = Object.fromEntries(
    Object.entries(roots).map(([name, pids]) => [name, pids.reduce((sum, pid) => sum + ticksBelow(stats, pid), 0) / TICKS]),
  );
  return { trees, machine: readMachine(), at: performance.now() };
}

export function cpuBetween(before: CpuReading, after: CpuReading): CpuUse {
  const seconds = (after.at - before.at) / 1000;
  const used = Object.entries(after.trees).map(([name, value]) => [name, value - (before.trees[name] ?? 0)] as const);
  const ours = used.reduce((sum, [, value]) => sum + value, 0);
  const foreign = Math.max(0, after.machine - before.machine - ours);
  return {
    micros: Object.fromEntries(used.map(([name, value]) => [name, value * 1_000_000])),
    cores: Object.fromEntries([...used, ['foreign', foreign] as const].map(([name, value]) => [name, round(value / seconds)])),
  };
}

/** Resident memory in MB, the largest of the processes. */
export function memoryOf(pids: readonly number[]): number {
  const sizes = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(Math.max(0, ...sizes) / 1024);
}

/** The process that another one was started by. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}

function readStats(): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? statOf(pid) : undefined;
    if (stat !== undefined) stats.set(pid, stat);
  }
  return stats;
}

/** The name of the program may hold blanks and brackets: fields are counted behind its end. */
function statOf(pid: number): Stat | undefined {
  const text = readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
  return text === '' ? undefined : { parent: Number(fields[1]), ticks };
}

function ticksBelow(stats: ReadonlyMap<number, Stat>, root: number): number {
  let sum = stats.get(root)?.ticks ?? 0;
  for (const [pid, { parent }] of stats) if (parent === root) sum += ticksBelow(stats, pid);
  return sum;
}

/** user, nice, system, irq, softirq of all cores. */
function readMachine(): number {
  const fields = readText('/proc/stat').split('\n')[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return [0, 1, 2, 5, 6].reduce((sum, at) => sum + (fields[at] ?? 0), 0) / TICKS;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
