/** What went wrong with a request, in words for the person at the screen. */
export interface Violation {
  pointer: string
  code: string
  detail: string
}

export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    /** In the language of the page: the API words its refusals itself. */
    readonly detail: string,
    /** To report with a fault; empty when the request never arrived. */
    readonly requestId = '',
    readonly errors: Violation[] = [],
    /** What stands in `detail`; some are codes. */
    readonly facts: Readonly<Record<string, string>> = {},
  ) {
    super(`${status} ${code}: ${detail}`)
  }
}

/** No answer at all, however often it was tried. `t` words it, as the API could not. */
export const NO_ANSWER = 'no_answer'

/** The problem in an answer's body (application/problem+json), or what its status alone says. */
export function problemOf(body: unknown, status: number): Problem {
  if (!isProblem(body)) return new Problem('http_error', status, '')
  return new Problem(body.code, status, body.detail, body.request_id ?? '', body.errors ?? [], body.facts ?? {})
}

interface ProblemBody {
  code: string
  detail: string
  request_id?: string
  errors?: Violation[]
  facts?: Record<string, string>
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}
