const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** "Chrome, Windows", from what a browser says of itself; undefined where it says nothing that is known. */
export function deviceOf(userAgent: string): string | undefined {
  const found = [BROWSERS, SYSTEMS].flatMap((all) => all.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? []);
  return found.length === 0 ? undefined : found.join(', ');
}
