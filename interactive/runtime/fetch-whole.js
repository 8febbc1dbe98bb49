// @ts-check
// Fetches a file to its last byte and checks it against its hash before anybody runs it.

/** @typedef {{name: string, hash: string, bytes: number}} File what the manifest says of a file */

/** The browser's own: Pyodide and MicroPython get another one to find what was checked. */
export const fetchIt = self.fetch.bind(self);

/**
 * @param {string} home the folder's address
 * @param {File} file
 * @param {(bytes: number) => void} [arrived] hears how much has come since it was last called
 * @returns {Promise<ArrayBuffer>} rejects where the file does not arrive whole
 */
export async function fetchWhole(home, { name, hash, bytes }, arrived = () => {}) {
  const url = home + name;
  // a hash given to fetch holds all back until the last byte, so that there would be no progress to show;
  // without a secure origin the page's own hashing is missing
  const found = await fetchIt(url, crypto.subtle ? {} : { integrity: `sha256-${hash}` });
  if (!found.ok || !found.body) throw new Error(`${url}: ${found.status}`);
  const whole = new Uint8Array(bytes);
  let place = 0;
  const reader = found.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (place + part.value.length > bytes) throw new Error(`${url} is too long`);
    whole.set(part.value, place);
    place += part.value.length;
    arrived(part.value.length);
  }
  if (place !== bytes || (crypto.subtle && (await hashOf(whole)) !== hash)) throw new Error(`${url} is damaged`);
  return whole.buffer;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>} SHA-256 as the manifest writes it
 */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}
