import type { TemplateMessage } from '@hazir/core';
import { openFlowChoice } from '../../step/choice-id.ts';
import type { Turn } from '../../step/turn.ts';
import type { CompileScope } from '../node-type.ts';

interface FallbackIn {
  template: string;
  with?: { [name: string]: string | number | boolean | null } | undefined;
}

/** Compiles the template that stands in for a message outside the service window. */
export function compileFallback(
  source: FallbackIn | undefined,
  scope: CompileScope,
): (turn: Turn) => TemplateMessage | undefined {
  const template = source === undefined ? undefined : scope.template(source.template, ['fallback', 'template']);
  if (source === undefined || template === undefined) return () => undefined;
  const given = new Map(scope.expressions(source.with, 'fallback'));
  const missing = template.parameters.filter((name) => !given.has(name));
  if (missing.length > 0) {
    scope.problem('flow:template-parameters', `The template "${template.name}" needs ${missing.join(', ')}`, {
      path: ['fallback'],
      hint: 'Give each parameter under fallback.with.',
    });
  }
  return (turn) => {
    const language = template.languages[turn.language()] === undefined ? turn.pack.defaultLanguage : turn.language();
    const parameters = template.parameters.map((name) => {
      const expression = given.get(name);
      return expression === undefined ? '' : String(turn.evaluate(expression) ?? '');
    });
    const byName = new Map(template.parameters.map((name, index) => [name, parameters[index] ?? '']));
    const payloads = (template.languages[language]?.buttons ?? []).map(({ flow, with: carried = [] }) =>
      openFlowChoice(flow, Object.fromEntries(carried.map((name) => [name, byName.get(name) ?? '']))),
    );
    return { type: 'template', name: template.name, language, parameters, ...(payloads.length > 0 ? { payloads } : {}) };
  };
}
