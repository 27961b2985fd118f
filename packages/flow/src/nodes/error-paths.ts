/** Where a flow goes when a call fails: by the error's code, then by default, then to the platform's apology. */
import { type CallError, HazirError } from '@hazir/core';
import { z } from 'zod';
import { placeOf, type Turn } from '../step/turn.ts';
import { goesTo } from './fields.ts';
import type { CompileScope, Outcome, Target } from './node-type.ts';

export const errorFields = {
  errors: z.record(z.string(), goesTo).optional().describe('What follows, by the code of the error.'),
  error: goesTo.optional().describe('What follows on any other error; the platform says sorry when absent.'),
};

export interface ErrorPaths {
  targets: Target[];
  savesNothingTo: string[];
  take: (turn: Turn, error: CallError, what: string) => Outcome;
}

/** Compiles the error paths of a node. */
export function compileErrorPaths(
  source: { errors?: { [code: string]: string } | undefined; error?: string | undefined },
  scope: CompileScope,
): ErrorPaths {
  const byCode = new Map<string, Target>();
  for (const [code, name] of Object.entries(source.errors ?? {})) {
    const target = scope.target(name, ['errors', code]);
    if (target !== undefined) byCode.set(code, target);
  }
  const otherwise = source.error === undefined ? undefined : scope.target(source.error, ['error']);
  const targets = [...byCode.values(), ...(otherwise === undefined ? [] : [otherwise])];
  return {
    targets,
    savesNothingTo: targets.flatMap((target) => (target.type === 'node' ? [target.node] : [])),
    take(turn, error, what) {
      const known = byCode.get(error.code);
      if (known !== undefined) return { type: 'go', target: known };
      const detail = `${what} answered ${error.code}`;
      if (otherwise === undefined) throw new HazirError('flow:call-failed', detail);
      turn.emit({ type: 'error_raised', code: 'flow:call-failed', ...placeOf(turn.session), detail });
      return { type: 'go', target: otherwise };
    },
  };
}
