import createClient, { type Middleware } from 'openapi-fetch'
import { NO_ANSWER, Problem, problemOf } from './problem'
import { steady } from './steady'
import type { paths } from './wire'

/** The session's token: every request that changes something carries it. Set by the session store. */
let csrfToken = ''
let whenSignedOut = () => {}

export function useToken(token: string | null): void {
  csrfToken = token ?? ''
}

/** What to do when the API says that nobody is signed in any more. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act
}

const SAFE = new Set(['GET', 'HEAD'])

const ours: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
  onResponse({ response }) {
    if (response.status === 401) whenSignedOut()
    return response
  },
}

/** The typed API. Answer it through `answered`, so that a refusal becomes a Problem. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  fetch: steady((request) => fetch(request)),
})
api.use(ours)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** What the API answered; throws a Problem when it refused or did not answer. */
export async function answered<T>(asking: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asking.catch((failure: unknown) => {
    if (isAborted(failure)) throw failure
    throw new Problem(NO_ANSWER, 0, '')
  })
  if (!response.ok) throw problemOf(error, response.status)
  return data as T
}

export function isAborted(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError'
}
