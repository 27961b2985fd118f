/** The frame of the public pages: no script, one style sheet in the page, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { PAGE_LANGUAGES } from './texts.ts';

type Html = ReturnType<typeof html>;

const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{font:1.05rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.4rem;line-height:1.25}a{color:#0b5a45}nav a{display:inline-block;padding:.3rem .5rem}nav a[aria-current]{font-weight:700}
label{display:block;margin-top:1rem}input{font:inherit;width:100%;max-width:22rem;padding:.6rem;border:1px solid #666;border-radius:.3rem}
button{font:inherit;margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#0b5a45;color:#fff}
dt{color:#555}dd{margin:0 0 .5rem;font-weight:600}ol{padding-left:1.2rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{padding:.4rem .6rem;border-bottom:1px solid #ccc;text-align:right}
th:first-child,td:first-child{text-align:left}meter{width:5rem;vertical-align:middle}
@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#7fd6bb}dt{color:#b5b5b5}th,td{border-color:#444}}`;
const HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Answers with a page; `path` is where it stands, for the links to its other languages. */
export async function answerPage(
  context: Context,
  {
    title,
    language,
    path,
    body,
    status = 200,
  }: { title: string; language: string; path: string; body: Html; status?: 200 | 429 },
): Promise<Response> {
  const names = PAGE_LANGUAGES.map((tag) => {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    const current = tag === language ? raw(' aria-current="true"') : '';
    return html`<a href="${path}?lang=${tag}" lang="${tag}" hreflang="${tag}"${current}>${name}</a> `;
  });
  const page = await html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${raw(STYLE)}</style></head>
<body><nav>${names}</nav><main><h1>${title}</h1>${body}</main></body></html>`;
  const more = status === 429 ? { 'retry-after': '3600' } : {};
  return context.html(page, status, { 'content-security-policy': POLICY, 'cache-control': 'no-store', ...more });
}

/** A day as people of the language write it, in India. */
export function dayIn(language: string, day: Date): string {
  return new Intl.DateTimeFormat(`${language}-IN`, { dateStyle: 'long', timeZone: 'Asia/Kolkata' }).format(day);
}
