/** Starts the world's process and makes its calls look like functions. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorldCalls } from '../world/calls.ts';

export interface WorldProcess extends WorldCalls {
  pid: number;
  end: () => Promise<void>;
}

const script = fileURLToPath(new URL('../world/process.ts', import.meta.url));

/** Room for what lives as long as a turn: else a sixth of the world's time goes into moving it. */
const ROOM = ['--max-semi-space-size=64'];

export function startWorld(): WorldProcess {
  const child = fork(script, { execArgv: ROOM, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', (text) => {
    const { id, result, error }: { id: number; result: never; error?: string } = JSON.parse(String(text));
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(error));
  });
  child.on('exit', () => {
    for (const one of waiting.values()) one.reject(new Error('the load world ended'));
  });
  const ask = <Result>(call: keyof WorldCalls, value?: unknown): Promise<Result> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send(JSON.stringify({ id: asked, call, value }));
    });
  return {
    pid: child.pid ?? 0,
    open: (options) => ask('open', options),
    introduce: (contacts) => ask('introduce', contacts),
    offerClosed: (citizens) => ask('offerClosed', citizens),
    offerOpen: (load) => ask('offerOpen', load),
    burst: (count) => ask('burst', count),
    stop: () => ask('stop'),
    measure: () => ask('measure'),
    read: () => ask('read'),
    drain: (withinMs) => ask('drain', withinMs),
    close: () => ask('close'),
    end: async () => {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
