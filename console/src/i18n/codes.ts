/** Codes in the API's refusals, in the words of the page. Pure. */

/** Facts that are codes, and where their words stand. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  state: ['rescue.offer', 'outbound.campaigns.state'],
  stage: ['stage', 'rescue.dispatch', 'handling.tow.stage'],
  to: ['stage', 'rescue.dispatch'],
  why: ['rescue.passed', 'handling.not_there', 'handling.why'],
  reasons: ['rescue.passed'],
  doubts: ['rescue.doubt'],
}

interface Refusal {
  detail: string
  facts: Readonly<Record<string, string>>
}

/** The API does not know every screen's words. `wordsAt` gives those at a key, or undefined. */
export function withoutCodes({ detail, facts }: Refusal, comma: string, wordsAt: (key: string) => string | undefined): string {
  const said = (name: string, code: string): string => {
    const keys = (CODES[name] ?? []).map((where) => `${where}.${code}`)
    return keys.map(wordsAt).find((words) => words !== undefined) ?? code
  }
  return Object.keys(CODES).reduce((words, name) => {
    const codes = facts[name]
    if (codes === undefined) return words
    const put = codes.split(', ').map((code) => said(name, code)).join(comma)
    return words.replace(codes, () => put)
  }, detail)
}
