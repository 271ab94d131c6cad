// What a tablet keeps while it has no network: a queue of entries and the facts of the open sessions, in IndexedDB,
// each record sealed with AES-GCM under a key that no script can read out. No names, no dates of birth.
// Used by the pages and by the service worker (static/js/service-worker.js) alike.
(() => {
  const NAME = "tideline-chairside", FORMAT = 1;
  let opening = null;

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  function open() {
    opening ||= new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("keys");
        asked.result.createObjectStore("facts", { keyPath: "id" });
        const queue = asked.result.createObjectStore("queue", { keyPath: "n", autoIncrement: true });
        queue.createIndex("id", "id", { unique: true });
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => { asked.result.close(); opening = null; };
        asked.result.onclose = () => { opening = null; };
        resolve(asked.result);
      };
      asked.onerror = () => { opening = null; reject(asked.error); };
    });
    return opening;
  }

  async function within(store, mode, work) {
    const base = await open(), deal = base.transaction(store, mode, { durability: "strict" });
    const finished = new Promise((resolve, reject) => {
      deal.oncomplete = resolve;
      deal.onabort = deal.onerror = () => reject(deal.error);
    });
    const result = await work(deal.objectStore(store));
    await finished;
    return result;
  }

  async function key() {
    const there = await within("keys", "readonly", (store) => done(store.get("queue")));
    if (there) return there;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return within("keys", "readwrite", async (store) => {
      const first = await done(store.get("queue"));
      if (!first) await done(store.put(made, "queue"));
      return first || made;
    });
  }

  async function seal(what) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(what));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
    return { iv, box };
  }

  async function unseal(sealed) {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, await key(), sealed.box);
    return JSON.parse(new TextDecoder().decode(plain));
  }

  // The same id written again takes the place of what waits under it; its turn stays.
  async function put(item) {
    const sealed = await seal({ format: FORMAT, ...item });
    return within("queue", "readwrite", async (store) => {
      const there = await done(store.index("id").getKey(item.id));
      return done(store.put({ id: item.id, ...sealed, ...(there === undefined ? {} : { n: there }) }));
    });
  }

  const remove = (id) => within("queue", "readwrite", async (store) => {
    const there = await done(store.index("id").getKey(id));
    if (there !== undefined) await done(store.delete(there));
  });

  // In the order of writing. What cannot be opened is counted and shown, never taken away.
  async function list() {
    const rows = await within("queue", "readonly", (store) => done(store.getAll()));
    return Promise.all(rows.map(async (row) => {
      try {
        return { ...(await unseal(row)), n: row.n, id: row.id };
      } catch {
        return { n: row.n, id: row.id, sealed: true };
      }
    }));
  }

  const count = () => within("queue", "readonly", (store) => done(store.count()));

  async function keepFacts(fact) {
    const before = await factsOf(fact.id);
    const sealed = await seal({ ...before, ...fact });
    return within("facts", "readwrite", (store) => done(store.put({ id: fact.id, ...sealed })));
  }

  async function factsOf(id) {
    const row = await within("facts", "readonly", (store) => done(store.get(id)));
    return row ? unseal(row) : null;
  }

  async function allFacts() {
    const rows = await within("facts", "readonly", (store) => done(store.getAll()));
    return Promise.all(rows.map(unseal));
  }

  const forgetFacts = (id) => within("facts", "readwrite", (store) => done(id ? store.delete(id) : store.clear()));

  // ---- words
  const TITLES = {
    vitals: "Vitals", score: "Discharge score", "side-effect": "Side effect", line: "IV line", note: "Note",
    rate: "Rate", pause: "Pause", stop: "Stop", emergency: "Emergency",
  };
  const MEASURES = {
    heart_rate: "HR", spo2: "SpO\u2082", resp_rate: "RR", etco2: "EtCO\u2082", temperature: "Temp",
    sedation: "RASS", pain: "Pain", dissociation: "Dissociation", comfort: "Comfort",
  };

  function value(item, name) {
    const [, typed] = item.fields.find(([said, typed]) => said === name && typed.trim() !== "") || ["", ""];
    return typed.trim();
  }

  function vitalsWords(item) {
    const words = [], [upper, lower] = [value(item, "systolic"), value(item, "diastolic")];
    if (upper || lower) words.push(`${upper || "\u2013"}/${lower || "\u2013"}`);
    Object.entries(MEASURES).forEach(([name, said]) => {
      if (value(item, name)) words.push(`${said} ${value(item, name)}`);
    });
    if (value(item, "seen")) words.push("asleep, breathing seen");
    const excused = item.fields.filter(([name, typed]) => name.startsWith("missing_") && typed);
    words.push(...excused.map(([name]) => `${name.slice(8).replace("_", " ")} not measured`));
    return words.join(", ");
  }

  function words(item) {
    if (item.sealed) return "An entry that this browser can no longer open";
    const joined = (...parts) => parts.filter(Boolean).join(", ");
    const spaced = (name) => value(item, name).replace("_", " ");
    const said = {
      vitals: () => vitalsWords(item),
      rate: () => `${value(item, "rate_ml_h")} mL/h`,
      stop: () => joined(value(item, "volume_ml") && `pump ${value(item, "volume_ml")} mL`, spaced("cause")),
      pause: () => joined(spaced("cause"), value(item, "text")),
      "side-effect": () => joined(value(item, "term"), value(item, "severity")),
      line: () => joined(value(item, "action"), value(item, "site")),
      emergency: () => spaced("step"),
      note: () => value(item, "text"),
    }[item.door];
    return `${TITLES[item.door] || item.door}${said && said() ? `: ${said()}` : ""}`;
  }

  // Values of a set beyond this patient's absolute alarm limits, in words; other limits are judged when it arrives.
  function alarms(item, fact) {
    if (item.sealed || item.door !== "vitals") return [];
    return Object.entries((fact && fact.limits) || {}).flatMap(([measure, [low, high]]) => {
      const typed = value(item, measure), said = `${MEASURES[measure] || measure} ${typed}`;
      const figure = Number(typed.replace(",", "."));
      if (typed === "") return [];
      if (low !== null && figure < Number(low)) return [`${said}, below ${low}`];
      if (high !== null && figure >= Number(high)) return [`${said}, at or above ${high}`];
      return [];
    });
  }

  function oneTime(moment, zone) {
    const here = zone ? { timeZone: zone } : {};
    return new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...here });
  }

  // An entry as the queue keeps it; the fields are the form's own, without the token that let the page in.
  function item(fact, door, fields) {
    const id = fields.find(([name]) => name === "entry_id")[1];
    return {
      id, session: fact.id, door, fields: fields.filter(([name]) => name !== "csrfmiddlewaretoken"), chair: fact.chair,
      tablet_at: new Date().toISOString(), offset_s: fact.offset_s || 0, ticket: fact.ticket, tablet: fact.tablet,
      state: "waiting",
    };
  }

  // Without network a rate only goes down: the running rates are among the facts.
  function mayKeep(fact, door, fields) {
    if (!fact || !fact.started || !fact.ticket || !TITLES[door]) return false;
    if (door !== "rate") return true;
    const read = (name) => (fields.find(([said]) => said === name) || ["", ""])[1];
    const isMeant = (drug) => !read("dose_order") || drug.id === read("dose_order");
    const running = (fact.drugs || []).filter((drug) => drug.rate && isMeant(drug));
    const asked = Number(read("rate_ml_h").replace(",", "."));
    return Number.isFinite(asked) && running.every((drug) => asked <= Number(drug.rate));
  }

  self.tidelineStore = {
    FORMAT, TITLES, put, remove, list, count, keepFacts, factsOf, allFacts, forgetFacts, words, alarms, oneTime, item,
    mayKeep, value,
  };
})();
