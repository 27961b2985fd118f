/** The verifier: a camera or a picture of a QR code in, a verdict out. It fetches what issuers publish and sends nothing. */
import { publishedTrust, readTrust, type Trust } from '../src/documents/credential/trust.ts';
import { type Verdict, verifyDocument } from '../src/documents/credential/verify-document.ts';
import { findInPicture, findWithCamera } from './find-code.ts';
import { dateIn, type Reader, showVerdict } from './show-verdict.ts';
import { LANGUAGE_NAMES, TEXTS } from './texts.ts';

const RIGHT_TO_LEFT = 'ur';
const KEPT_LANGUAGE = 'verify-language';

const languages = part('language', HTMLSelectElement);
const camera = part('camera', HTMLButtonElement);
const picture = part('picture', HTMLInputElement);
const video = part('video', HTMLVideoElement);
const result = part('result', HTMLElement);
const known = part('known', HTMLElement);

let reader = readerOf(firstLanguage());
let shown: Verdict | undefined;
let looking: AbortController | undefined;
const trusted = loadTrust();

for (const [tag, name] of Object.entries(LANGUAGE_NAMES)) languages.add(new Option(name, tag));
languages.addEventListener('change', () => speak(languages.value));
picture.addEventListener('change', () => void lookAtPicture());
camera.addEventListener('click', () => void lookWithCamera());
speak(reader.language);
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('./worker.js').catch(() => undefined);

async function lookAtPicture(): Promise<void> {
  const [file] = picture.files ?? [];
  if (file === undefined) return;
  looking?.abort();
  await judge(await findInPicture(file));
  // The same picture may be chosen again.
  picture.value = '';
}

async function lookWithCamera(): Promise<void> {
  if (looking !== undefined) return looking.abort();
  looking = new AbortController();
  camera.textContent = reader.texts.stop;
  try {
    const text = await findWithCamera(video, looking.signal);
    if (text !== undefined) await judge(text);
  } catch {
    say(reader.texts.noCamera);
  } finally {
    looking = undefined;
    camera.textContent = reader.texts.camera;
  }
}

async function judge(text: string | undefined): Promise<void> {
  const trust = await trusted;
  if (trust === undefined) return say(reader.texts.noTrust);
  shown = verifyDocument(text ?? '', { trust, now: Math.floor(Date.now() / 1_000) });
  showVerdict(result, shown, reader);
}

function say(sentence: string): void {
  shown = undefined;
  delete result.dataset.verdict;
  result.replaceChildren(sentence);
}

/** What issuers publish: fresh from the network, else as the service worker kept it. */
async function loadTrust(): Promise<Trust | undefined> {
  try {
    const answer = await fetch('./trust.json');
    const trust = readTrust(publishedTrust.parse(await answer.json()));
    known.dataset.asOf = String(Date.parse(answer.headers.get('last-modified') ?? '') / 1_000);
    showAge();
    return trust;
  } catch {
    return undefined;
  }
}

function showAge(): void {
  const asOf = Number(known.dataset.asOf);
  known.textContent = asOf > 0 ? `${reader.texts.known} ${dateIn(asOf, reader.language)}` : '';
}

function speak(language: string): void {
  reader = readerOf(language);
  languages.value = language;
  languages.setAttribute('aria-label', reader.texts.language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === RIGHT_TO_LEFT ? 'rtl' : 'ltr';
  document.title = reader.texts.title;
  for (const [key, text] of Object.entries(reader.texts)) {
    for (const place of document.querySelectorAll(`[data-text="${key}"]`)) place.textContent = text;
  }
  if (looking !== undefined) camera.textContent = reader.texts.stop;
  if (shown !== undefined) showVerdict(result, shown, reader);
  showAge();
  localStorage.setItem(KEPT_LANGUAGE, language);
}

function readerOf(language: string): Reader {
  return { language, texts: TEXTS[language] ?? TEXTS.en };
}

function firstLanguage(): string {
  const wanted = [localStorage.getItem(KEPT_LANGUAGE) ?? '', ...navigator.languages].map((tag) => tag.split('-')[0] ?? '');
  return wanted.find((tag) => Object.hasOwn(TEXTS, tag)) ?? 'en';
}

function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}
