/** What a clock leads to and when: a warning, the due date, the breach, and the ladder rung by rung. */
import { type Clock, runFor } from './clock.ts';
import type { Policy } from './policy.ts';

/** How far a request has come; each is reached once. Above a breach the level counts. */
export const STAGES = ['running', 'approaching', 'due', 'breached'] as const;

export type Stage = (typeof STAGES)[number];

export interface Step {
  stage: Stage;
  /** 0 below the ladder, 1 on its first rung. */
  level: number;
  at: Date;
}

/** The steps ahead of a clock in their order, as far as it comes: none after the moment at which it stands still. */
export function stepsOf(policy: Policy, withinMs: number, clock: Clock): Step[] {
  const { calendar, warnMs, graceMs, ladder } = policy;
  const after = (since: Date | undefined, milliseconds: number, on = calendar) =>
    since && runFor(clock, { since, milliseconds, calendar: on });
  const due = after(clock.startedAt, withinMs);
  const breached = after(due, graceMs);
  const steps: (Step | undefined)[] = [
    warnMs > 0 && warnMs < withinMs ? stepAt('approaching', 0, after(clock.startedAt, withinMs - warnMs)) : undefined,
    graceMs > 0 ? stepAt('due', 0, due) : undefined,
    stepAt('breached', 0, breached),
  ];
  let at = breached;
  for (const [index, rung] of ladder.entries()) {
    at = after(at, rung.afterMs, rung.calendar);
    steps.push(stepAt('breached', index + 1, at));
  }
  return steps.filter((step) => step !== undefined);
}

/** The first step that has not been taken. */
export function nextStep(steps: readonly Step[], { stage, level }: Pick<Step, 'stage' | 'level'>): Step | undefined {
  return steps.find((step) => (step.level > 0 ? step.level > level : STAGES.indexOf(step.stage) > STAGES.indexOf(stage)));
}

/** The stage when the promise has moved: what lies ahead again has not been reached. */
export function stageAgain(steps: readonly Step[], stage: Stage, now: Date): Stage {
  const reached = steps.filter(
    (step) => step.level === 0 && step.at <= now && STAGES.indexOf(step.stage) <= STAGES.indexOf(stage),
  );
  return reached.at(-1)?.stage ?? 'running';
}

function stepAt(stage: Stage, level: number, at: Date | undefined): Step | undefined {
  return at && { stage, level, at };
}
