// Stands between the chairside pages and the network (scope /sessions/). It keeps the empty shell and static files,
// never an answer about a patient. A form of the run sheet is kept in the queue before it is sent, so that a lost
// network, a lost answer or a killed tab loses nothing. SHELL, FILES and VERSION are written in front of this file.
importScripts(STORE);
const CACHE = `tideline-shell-${VERSION}`, PATIENCE = 9000, IMPATIENCE = 2500;
const SHEET = /^\/sessions\/([0-9a-f]{8}-[0-9a-f-]{27})\/(?:([a-z-]+)\/)?$/;
const store = self.tidelineStore;
let failedAt = 0; // soon after a failure nobody waits long for the next one

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("tideline-shell-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const shell = async () => (await caches.match(SHELL)) || Response.error();

async function inTime(request, patience) {
  const guard = new AbortController(), wait = Date.now() - failedAt < 60000 ? Math.min(patience, IMPATIENCE) : patience;
  const slow = wait && setTimeout(() => guard.abort(), wait);
  try {
    const answer = await fetch(request, { signal: guard.signal });
    failedAt = 0;
    return answer;
  } catch (problem) {
    failedAt = Date.now();
    throw problem;
  } finally {
    clearTimeout(slow);
  }
}

async function page(request, patience) {
  try {
    return await inTime(request, patience);
  } catch {
    return shell();
  }
}

async function file(request) {
  try {
    return await inTime(request, PATIENCE);
  } catch {
    return (await caches.match(request)) || Response.error();
  }
}

// Kept first, then sent. A refusal is on the screen and leaves the queue; a redirect may be the run sheet or the
// sign-in: the queue asks again and hears whether it is known.
async function keepAndSend(request, session, door) {
  const fields = [...(await request.clone().formData())].filter(([, typed]) => typeof typed === "string");
  const fact = await store.factsOf(session).catch(() => null);
  if (!fields.some(([name]) => name === "entry_id") || !store.mayKeep(fact, door, fields)) return page(request, 0);
  const item = store.item(fact, door, fields);
  await store.put({ ...item, state: "sent" });
  try {
    const answer = await inTime(request, PATIENCE);
    if (answer.status === 422 || answer.status === 409) await store.remove(item.id);
    if (answer.status < 500) return answer;
  } catch {
    // no answer: what was written waits
  }
  await store.put(item);
  return Response.redirect(`/sessions/${session}/`, 303);
}

self.addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method === "GET" && (FILES.includes(address.pathname) || address.pathname === SHELL)) {
    event.respondWith(file(request));
    return;
  }
  const found = request.mode === "navigate" && SHEET.exec(address.pathname);
  if (!found) return;
  const door = found[2] || "";
  if (request.method === "POST" && store.TITLES[door]) event.respondWith(keepAndSend(request, found[1], door));
  else if (request.method === "GET") event.respondWith(page(request, door === "" || store.TITLES[door] ? PATIENCE : 0));
});
