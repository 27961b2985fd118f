/** Compiles a pack: reads it, checks everything that can be wrong before a citizen meets it, and builds what runs. */
import type { ChannelCapabilities, OperationSignature } from '@hazir/core';
import { findLanguage, type NumberingSystem } from '@hazir/language';
import { NATIONAL_NUMBERS } from '../danger/numbers.ts';
import { milliseconds } from '../nodes/fields.ts';
import type { CompiledFlow } from '../nodes/node-type.ts';
import type { MessageLocale } from '../texts/message.ts';
import { LANGUAGE_FLOW, languageFlow, OFFER_FLOW, offerFlow, SWITCH_FLOW, switchFlow } from './built-in.ts';
import { checkGraph } from './check-graph.ts';
import { checkValues } from './check-values.ts';
import { compileFlow, type FlowResult } from './compile-flow.ts';
import type { CompiledPack } from './compiled.ts';
import { inferTypes } from './infer-types.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { readPhrases } from './phrases.ts';
import { platformTexts } from './platform.ts';
import { readFlows } from './read-flow.ts';
import type { PackScope } from './scope.ts';
import {
  checkShape,
  createProblems,
  type PackProblem,
  type PackSource,
  type Problems,
  readYaml,
  type YamlFile,
} from './source.ts';
import { readTemplates } from './templates.ts';
import { readTexts } from './texts.ts';

const DEFAULT_TIMEOUT = '24h';
const DEFAULT_TIME_ZONE = 'Asia/Kolkata';

export interface CompileOptions {
  /** What the pack's calls are checked against. */
  operations: readonly OperationSignature[];
  /** Channels that the pack will speak on; lengths are checked against each. */
  channels: Readonly<Record<string, ChannelCapabilities>>;
}

export interface CompileResult {
  /** Absent when a problem of severity error was found. */
  pack?: CompiledPack;
  problems: PackProblem[];
}

/** Compiles a pack from its files. Never throws for what an author wrote: all of it comes back as problems. */
export function compilePack(source: PackSource, options: CompileOptions): CompileResult {
  const problems = createProblems();
  const read = readManifest(source, problems);
  if (read === undefined) return { problems: problems.list() };
  const pack = build(source, options, { ...read, problems });
  return problems.hasErrors() ? { problems: problems.list() } : { pack, problems: problems.list() };
}

interface Reading {
  manifest: Manifest;
  yaml: YamlFile;
  problems: Problems;
}

function readManifest(source: PackSource, problems: Problems): { manifest: Manifest; yaml: YamlFile } | undefined {
  const text = source.files.get('pack.yaml');
  if (text === undefined) {
    problems.add('pack:no-manifest', 'The pack has no pack.yaml', {
      file: 'pack.yaml',
      hint: 'Add it: id, name, languages, defaultLanguage, entry.',
    });
    return undefined;
  }
  const yaml = readYaml('pack.yaml', text, problems);
  const manifest = yaml === undefined ? undefined : checkShape(manifestSchema, yaml.value, { yaml, path: [], problems });
  return yaml === undefined || manifest === undefined ? undefined : { manifest, yaml };
}

function build(
  source: PackSource,
  { operations, channels }: CompileOptions,
  { manifest, yaml, problems }: Reading,
): CompiledPack {
  const { files } = source;
  const locales = manifest.languages.map((language) => localeOf(language, manifest));
  const flows = readFlows(files, problems);
  const texts = readTexts({ files, locales, defaultLanguage: manifest.defaultLanguage, channels, problems });
  const templates = readTemplates(files, {
    languages: manifest.languages,
    inputsOf: (id) => inputNames(flows.get(id)),
    problems,
  });
  checkManifest(
    { manifest, yaml, problems },
    { id: source.id, flowIds: [...flows].filter(([, flow]) => Object.keys(flow.inputs).length === 0).map(([id]) => id) },
  );
  const scope: PackScope = {
    flows,
    texts,
    templates,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    channels,
    languages: manifest.languages,
    hosts: manifest.hosts ?? [],
    settings: manifest.settings ?? {},
    values: new Map(),
    returns: new Map(),
    problems,
  };
  const results = compileFlows(scope);
  const platform = platformTexts(texts, locales);
  texts.reportUnused();
  const phrases = readPhrases(files, { languages: manifest.languages, flowByIntent: intentsOf(scope), problems });
  const compiled = new Map<string, CompiledFlow>([...results].map(([id, { flow }]) => [id, flow]));
  return {
    ...settingsOf(source, manifest),
    flows: new Map([
      ...compiled,
      [LANGUAGE_FLOW, languageFlow(manifest.languages)],
      [OFFER_FLOW, offerFlow(compiled)],
      [SWITCH_FLOW, switchFlow(compiled)],
    ]),
    templates,
    phrases: phrases.byPhrase,
    phrasesByFlow: phrases.byFlow,
    texts: texts.used(),
    platform,
    digits: Object.fromEntries(locales.map(({ language, digits }) => [language, digits])),
    dataFiles: [...files.keys()].filter((file) => file.startsWith('data/')),
  };
}

function compileFlows(scope: PackScope): Map<string, FlowResult> {
  inferTypes(scope);
  const results = new Map<string, FlowResult>();
  for (const raw of scope.flows.values()) {
    const result = compileFlow(scope, raw);
    if (result !== undefined) results.set(raw.id, result);
  }
  checkGraph({ flows: new Map([...results].map(([id, { flow }]) => [id, flow])), raw: scope.flows, problems: scope.problems });
  for (const [id, result] of results) {
    const raw = scope.flows.get(id);
    if (raw !== undefined) checkValues(raw, result, scope.problems);
  }
  return results;
}

function settingsOf(source: PackSource, manifest: Manifest) {
  const { helpline } = manifest;
  return {
    id: manifest.id,
    version: source.version,
    names: manifest.name,
    languages: manifest.languages,
    defaultLanguage: manifest.defaultLanguage,
    entry: manifest.entry,
    menu: manifest.menu ?? manifest.entry,
    opens: manifest.opens ?? {},
    helplines: helpline === undefined ? [] : [helpline].flat(),
    emergency: { ...NATIONAL_NUMBERS, ...manifest.emergency },
    services: manifest.services ?? {},
    settings: manifest.settings ?? {},
    understanding: manifest.understanding ?? {},
    hosts: manifest.hosts ?? [],
    sessionTimeout: milliseconds(manifest.sessionTimeout ?? DEFAULT_TIMEOUT),
    timeZone: manifest.timeZone ?? DEFAULT_TIME_ZONE,
  };
}

function localeOf(language: string, manifest: Manifest): MessageLocale {
  const known = findLanguage(language);
  const digits: NumberingSystem = manifest.digits?.[language] ?? known?.digits ?? 'latn';
  return { language, direction: known?.direction ?? 'ltr', digits, timeZone: manifest.timeZone ?? DEFAULT_TIME_ZONE };
}

function intentsOf({ flows, problems }: PackScope): Map<string, string> {
  const intents = new Map<string, string>();
  for (const { id, intent, urgent, yaml } of flows.values()) {
    if (urgent && intent === undefined)
      problems.add('flow:missing-intent', `The flow "${id}" is urgent, but no phrase opens it`, {
        file: yaml.file,
        line: yaml.line(['urgent']),
        hint: 'Write "intent: ..." too, and its phrases in phrases/<language>.yaml.',
      });
    if (intent === undefined) continue;
    if (intents.has(intent))
      problems.add('flow:intent-twice', `Two flows have the intent "${intent}"`, {
        file: yaml.file,
        line: yaml.line(['intent']),
        hint: 'An intent opens one flow.',
      });
    intents.set(intent, id);
  }
  return intents;
}

function checkManifest({ manifest, yaml, problems }: Reading, { id, flowIds }: { id: string; flowIds: readonly string[] }): void {
  const at = (path: readonly string[]): { file: string; line: number } => ({ file: yaml.file, line: yaml.line(path) });
  if (manifest.id !== id)
    problems.add('pack:id', `The pack is called "${manifest.id}" here and "${id}" by its folder`, {
      ...at(['id']),
      hint: 'Use one name.',
    });
  if (!manifest.languages.includes(manifest.defaultLanguage)) {
    problems.add('pack:default-language', `The default language "${manifest.defaultLanguage}" is not among the languages`, {
      ...at(['defaultLanguage']),
      hint: 'Add it to languages.',
    });
  }
  const named = [
    { path: ['entry'], flow: manifest.entry },
    { path: ['menu'], flow: manifest.menu },
    ...Object.entries(manifest.opens ?? {}).map(([kind, flow]) => ({ path: ['opens', kind], flow })),
  ];
  for (const { path, flow } of named) {
    if (flow === undefined || flowIds.includes(flow)) continue;
    problems.add(
      'flow:missing-flow',
      `"${path.join('.')}" names the flow "${flow}", which does not exist or needs values to begin`,
      {
        ...at(path),
        hint: `Flows: ${flowIds.join(', ')}.`,
      },
    );
  }
  for (const language of manifest.languages) {
    if (manifest.name[language] === undefined)
      problems.add('text:missing', `The pack has no name in "${language}"`, { ...at(['name']), hint: 'Add it.' });
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: manifest.timeZone ?? DEFAULT_TIME_ZONE });
  } catch {
    problems.add('pack:time-zone', `"${manifest.timeZone}" is no time zone`, {
      ...at(['timeZone']),
      hint: 'For example Asia/Kolkata.',
    });
  }
}

function inputNames(flow: { inputs: { [name: string]: unknown } } | undefined): string[] | undefined {
  return flow === undefined ? undefined : Object.keys(flow.inputs);
}
