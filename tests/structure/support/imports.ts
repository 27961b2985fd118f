/** What a module imports, read from its text: `from '...'`, `import '...'` and `import('...')`. */
const STATEMENT = /^[ \t]*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;
const CALL = /\b(?:import|require|import\.meta\.resolve)\(\s*['"]([^'"\n]+)['"]/g;

export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...code.matchAll(STATEMENT), ...code.matchAll(CALL)].flatMap((match) => match[1] ?? []);
}

/** The package of ours that a specifier names: "store" for "@hazir/store"; undefined for anything else. */
export function ownPackage(specifier: string): string | undefined {
  return /^@hazir\/([a-z-]+)/.exec(specifier)?.[1];
}
