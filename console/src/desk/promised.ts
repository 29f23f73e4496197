/** What the ledger keeps of a promise: "call_back 2026-11-26T15:00:00+08:00". Pure. */

const CALL_BACK = 'call_back '

/** When he was told that he would be called back; null: it is another promise, in words. */
export function promiseOf(promised: string): string | null {
  const at = promised.startsWith(CALL_BACK) ? promised.slice(CALL_BACK.length) : ''
  return Number.isNaN(Date.parse(at)) ? null : at
}
