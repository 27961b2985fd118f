/** Keeps the page and what issuers publish, so that it works without a network after the first visit. */
const CACHE = 'verify-1';
const PAGE = new URL('./', self.location.href).href;
const TRUST = new URL('./trust.json', self.location.href).href;

self.addEventListener('install', (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(PAGE)) return;
  const isFresh = request.mode === 'navigate' || request.url === TRUST;
  event.respondWith(isFresh ? newest(request) : kept(request));
});

/** The page, everything that it names, and what issuers publish. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const page = await (await fetch(PAGE, { cache: 'no-cache' })).text();
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path, PAGE).href);
  await cache.addAll([PAGE, TRUST, ...named]);
}

async function newest(request) {
  const cache = await caches.open(CACHE);
  const key = request.mode === 'navigate' ? PAGE : request.url;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(key, answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match(key);
    if (found === undefined) throw error;
    return found;
  }
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
