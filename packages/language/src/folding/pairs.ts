/** Reads a table written as text: native, Latin, native, Latin, with spaces between; a dash is nothing. */
export function pairs(text: string): readonly (readonly [native: string, latin: string])[] {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const latin = parts[index + 1] ?? '';
    found.push([parts[index] ?? '', latin === '-' ? '' : latin]);
  }
  return found;
}

/** The same, to look letters up. */
export function lookup(text: string): ReadonlyMap<string, string> {
  return new Map(pairs(text));
}
