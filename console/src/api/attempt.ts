/**
 * The Idempotency-Key of one action of a person, however often he presses.
 *
 * The key is made before the first try and stays while what is sent stays the same; other words are
 * another action. Call `done` when it was answered well.
 */
export class Attempt {
  private key = ''
  private sent = ''

  /** The header for sending this body. */
  header(body?: unknown): { 'Idempotency-Key': string } {
    const sending = JSON.stringify(body ?? null)
    if (this.key === '' || sending !== this.sent) {
      this.key = newKey()
      this.sent = sending
    }
    return { 'Idempotency-Key': this.key }
  }

  done(): void {
    this.key = ''
  }
}

/** The header for changing a row that was read in this version. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}

// Not randomUUID: a page without https has none.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
