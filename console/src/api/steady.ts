/** A fetch that holds out on a bad line: what may be tried again, is. */

export type Send = (request: Request) => Promise<Response>

export interface Patience {
  /** Pause before each further try, in ms: their number is the number of further tries. */
  pauses: readonly number[]
  wait: (ms: number) => Promise<void>
}

export const PATIENT: Patience = {
  pauses: [300, 1000, 3000],
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
}

const TRY_AGAIN = new Set([502, 503, 504])
/** They send a body and write nothing: there is no key for them. */
const READS = new Set(['/api/v1/places/reading'])

/**
 * Sends the request until it is answered. Only what may be repeated is: reading, and what carries
 * an Idempotency-Key or If-Match, which are the same at each try since the request is the same.
 * Throws what the last try threw.
 */
export function steady(send: Send, patience: Patience = PATIENT): Send {
  return async (request) => {
    const pauses = isRepeatable(request) ? patience.pauses : []
    for (const pause of pauses) {
      try {
        const answer = await send(request.clone())
        if (!(await asksAgain(answer))) return answer
      } catch (failure) {
        if (request.signal.aborted) throw failure
      }
      await patience.wait(pause)
    }
    return send(request)
  }
}

function isRepeatable(request: Request): boolean {
  const has = (name: string) => request.headers.has(name)
  const reads = request.method === 'GET' || READS.has(new URL(request.url).pathname)
  return reads || has('Idempotency-Key') || has('If-Match')
}

/** Briefly away; or the first try is still being worked on (409 idempotency_in_progress). */
async function asksAgain(answer: Response): Promise<boolean> {
  if (TRY_AGAIN.has(answer.status)) return true
  if (answer.status !== 409) return false
  const body: unknown = await answer.clone().json().catch(() => null)
  return typeof body === 'object' && body !== null && 'code' in body && body.code === 'idempotency_in_progress'
}
