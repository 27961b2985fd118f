import type { ErrorCode } from '@hazir/core';
import { z } from 'zod';
import type { TemplateDefinition, TemplateText } from './compiled.ts';
import { checkShape, type Problems, readYaml, type YamlFile } from './source.ts';

/** templates/<name>.yaml. */
export const templateSchema = z
  .strictObject({
    template: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and underscores')
      .max(512)
      .describe('Name, as the provider knows it.'),
    category: z.enum(['utility', 'marketing', 'authentication']).describe("Category in the provider's review and price list."),
    parameters: z
      .array(z.string().regex(/^[a-z][A-Za-z0-9_]*$/))
      .optional()
      .describe('Names of the parameters, in order.'),
    languages: z
      .record(
        z.string(),
        z.strictObject({
          body: z.string().min(1).max(1024).describe('Text with {parameter} in it; not at its very beginning or end.'),
          footer: z.string().max(60).optional().describe('Small line below.'),
          buttons: z
            .array(
              z.strictObject({
                flow: z.string().describe('Flow that a tap opens.'),
                with: z.array(z.string()).optional().describe('Parameters of the template that the flow is opened with.'),
                label: z.string().min(1).max(25).describe('Label.'),
              }),
            )
            .max(3)
            .optional()
            .describe('Quick replies.'),
        }),
      )
      .describe('Text by language, each language of the pack.'),
  })
  .describe('A message that may be sent outside the service window, after review by the provider.');

type Source = z.infer<typeof templateSchema>;

export interface TemplateChecks {
  languages: readonly string[];
  /** Names of what a flow needs to begin; undefined when the pack has no such flow. */
  inputsOf: (id: string) => string[] | undefined;
  problems: Problems;
}

/** Reads templates/*.yaml. */
export function readTemplates(files: ReadonlyMap<string, string>, checks: TemplateChecks): Map<string, TemplateDefinition> {
  const templates = new Map<string, TemplateDefinition>();
  for (const [file, text] of files) {
    if (!file.startsWith('templates/') || !file.endsWith('.yaml')) continue;
    const yaml = readYaml(file, text, checks.problems);
    const source =
      yaml === undefined ? undefined : checkShape(templateSchema, yaml.value, { yaml, path: [], problems: checks.problems });
    if (yaml !== undefined && source !== undefined) templates.set(source.template, readTemplate(source, yaml, checks));
  }
  return templates;
}

function readTemplate(source: Source, yaml: YamlFile, { languages, inputsOf, problems }: TemplateChecks): TemplateDefinition {
  const parameters = source.parameters ?? [];
  const texts: { [language: string]: TemplateText } = {};
  for (const language of languages) {
    const text = source.languages[language];
    if (text === undefined) {
      problems.add('text:missing', `The template "${source.template}" is missing in "${language}"`, {
        file: yaml.file,
        line: yaml.line(['languages']),
        hint: 'Add it.',
      });
      continue;
    }
    const line = yaml.line(['languages', language, 'body']);
    const used = [...text.body.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
    if ([...new Set(used)].sort().join() !== [...parameters].sort().join()) {
      problems.add(
        'text:placeholders',
        `The template in "${language}" uses (${used.join(', ')}), but its parameters are (${parameters.join(', ')})`,
        { file: yaml.file, line, hint: 'Use each parameter in each language.' },
      );
    }
    for (const button of text.buttons ?? []) {
      const mistake = mistakeIn(button, { parameters, inputs: inputsOf(button.flow) });
      if (mistake !== undefined) problems.add(mistake.code, mistake.message, { file: yaml.file, line, hint: mistake.hint });
    }
    texts[language] = {
      body: text.body.replace(/\{([^{}]*)\}/g, (_, name: string) => `{{${parameters.indexOf(name) + 1}}}`),
      ...(text.footer === undefined ? {} : { footer: text.footer }),
      buttons: text.buttons ?? [],
    };
  }
  return { name: source.template, category: source.category, parameters, languages: texts };
}

function mistakeIn(
  { flow, with: carried = [] }: { flow: string; with?: string[] | undefined },
  { parameters, inputs }: { parameters: readonly string[]; inputs: string[] | undefined },
): { code: ErrorCode; message: string; hint: string } | undefined {
  if (inputs === undefined)
    return { code: 'flow:missing-flow', message: `There is no flow "${flow}"`, hint: 'Name a flow of the pack.' };
  const strange = carried.find((name) => !parameters.includes(name));
  if (strange !== undefined)
    return {
      code: 'flow:run-input',
      message: `The template has no parameter "${strange}"`,
      hint: 'Name parameters of the template.',
    };
  if ([...inputs].sort().join() === [...carried].sort().join()) return undefined;
  const message = `The flow "${flow}" needs (${inputs.join(', ')}), but the button brings (${carried.join(', ')})`;
  return { code: 'flow:run-input', message, hint: 'Name under "with" the parameters that are the inputs of the flow.' };
}
