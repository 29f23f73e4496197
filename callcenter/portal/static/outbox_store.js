// What is kept in this browser until it is sent: IndexedDB, in the order of the presses.

const [NAME, STORE] = ["outbox", "actions"];

export async function openStore() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
  };
  const database = await answered(opening);
  const work = async (mode, ask) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const result = await answered(ask(transaction.objectStore(STORE)));
    if (mode === "readwrite") await committed(transaction);
    return result;
  };
  return {
    all: () => work("readonly", (store) => store.getAll()),
    put: (entry) => work("readwrite", (store) => store.put(entry)),
    remove: (id) => work("readwrite", (store) => store.delete(id)),
  };
}

function answered(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

function committed(transaction) {
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error);
  });
}
