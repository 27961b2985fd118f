import { normalize } from '@hazir/language';
import { z } from 'zod';
import { commandIn } from '../step/commands.ts';
import { checkShape, type Problems, readYaml } from './source.ts';

/** phrases/<language>.yaml: what people say, by intent. */
export const phrasesSchema = z
  .record(z.string(), z.array(z.string().min(1).max(200)))
  .describe('What people say, by intent; a flow names its intent.');

export interface Phrases {
  /** Flow by normalised phrase. */
  byPhrase: ReadonlyMap<string, string>;
  byFlow: ReadonlyMap<string, { [language: string]: string[] }>;
}

/** Reads phrases/*.yaml. `flowByIntent` names the flow of each intent. */
export function readPhrases(
  files: ReadonlyMap<string, string>,
  {
    languages,
    flowByIntent,
    problems,
  }: { languages: readonly string[]; flowByIntent: ReadonlyMap<string, string>; problems: Problems },
): Phrases {
  const byPhrase = new Map<string, string>();
  const byFlow = new Map<string, { [language: string]: string[] }>();
  for (const language of languages) {
    const file = `phrases/${language}.yaml`;
    const text = files.get(file);
    const yaml = text === undefined ? undefined : readYaml(file, text, problems);
    const source = yaml === undefined ? undefined : checkShape(phrasesSchema, yaml.value, { yaml, path: [], problems });
    for (const [intent, phrases] of Object.entries(source ?? {})) {
      const flow = flowByIntent.get(intent);
      const line = yaml?.line([intent]) ?? 1;
      if (flow === undefined) {
        problems.add('flow:missing-intent', `No flow has the intent "${intent}"`, {
          file,
          line,
          hint: 'Write "intent: ..." in the flow that these phrases open.',
        });
        continue;
      }
      byFlow.set(flow, { ...byFlow.get(flow), [language]: phrases });
      for (const [index, phrase] of phrases.entries()) {
        addPhrase(byPhrase, phrase, { flow, file, line: yaml?.line([intent, index]) ?? line, problems });
      }
    }
  }
  return { byPhrase, byFlow };
}

interface PhraseAt {
  flow: string;
  file: string;
  line: number;
  problems: Problems;
}

function addPhrase(byPhrase: Map<string, string>, phrase: string, { flow, file, line, problems }: PhraseAt): void {
  const folded = normalize(phrase);
  const other = byPhrase.get(folded);
  if (commandIn(phrase) !== undefined) {
    problems.add('flow:phrase-is-command', `"${phrase}" is a command everywhere and never opens this flow`, {
      file,
      line,
      severity: 'warning',
      hint: 'Remove it.',
    });
  }
  if (other !== undefined && other !== flow) {
    problems.add('flow:phrase-twice', `"${phrase}" opens both "${other}" and "${flow}"`, {
      file,
      line,
      hint: 'Keep it under one intent.',
    });
  }
  byPhrase.set(folded, flow);
}
