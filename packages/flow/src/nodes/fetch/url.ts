import type { Expression } from '../../expressions/expression.ts';
import type { Turn } from '../../step/turn.ts';
import type { CompileScope } from '../node-type.ts';

const PLACEHOLDER = /\{([^{}]*)\}/;

/** Compiles a templated address; undefined after reporting a host that the pack does not list. */
export function compileUrl(template: string, scope: CompileScope): ((turn: Turn) => string) | undefined {
  const parts = template.split(PLACEHOLDER);
  const host = hostOf(parts[0] ?? '');
  if (host === undefined) {
    scope.problem('flow:fetch-url', 'The address must begin with https://<host>/ before anything is filled in', {
      path: ['url'],
    });
    return undefined;
  }
  if (!scope.hosts.includes(host)) {
    scope.problem('flow:fetch-host', `The pack may not ask "${host}"`, {
      path: ['url'],
      hint: `Add it to "hosts" in pack.yaml: [${host}]`,
    });
    return undefined;
  }
  const pieces: (string | Expression | undefined)[] = parts.map((part, index) =>
    index % 2 === 0 ? part : scope.expression(part, { path: ['url'] }),
  );
  return (turn) => pieces.map((piece) => fill(turn, piece)).join('');
}

/** The host of an address that is complete up to its path; a slash must follow, so that nothing can be appended to it. */
function hostOf(fixed: string): string | undefined {
  const match = /^https:\/\/([a-z0-9.-]+(?::\d+)?)\//.exec(fixed);
  return match?.[1];
}

function fill(turn: Turn, piece: string | Expression | undefined): string {
  if (piece === undefined || typeof piece === 'string') return piece ?? '';
  const value = turn.evaluate(piece);
  return value === null || typeof value === 'object' ? '' : encodeURIComponent(String(value).toWellFormed());
}
