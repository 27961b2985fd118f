/** Placeholders of a template's text: {{1}} or {{name}}. */

/** The names in order of first appearance, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(\w{1,60})\}\}/g)].map((match) => match[1] ?? ''))];
}
