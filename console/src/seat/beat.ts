import { answered, api } from '../api/client'

/** The hotline hears that this browser is there: from one of its tabs, as the one live stream is. */

const LOCK = 'seat'
const WAIT_MS = 1900

/** Begin; once per tab. `isWanted`: whether somebody sits here at all. */
export function keepBeating(isWanted: () => boolean): void {
  const beat = (): void => {
    if (isWanted()) void say()
  }
  // Without a secure context there are no locks: each tab speaks for itself.
  if (!('locks' in navigator)) return begin(beat)
  void navigator.locks.request(LOCK, () => {
    begin(beat)
    return new Promise<never>(() => {})
  })
}

function begin(beat: () => void): void {
  new Worker(new URL('./pulse.ts', import.meta.url), { type: 'module' }).onmessage = beat
  addEventListener('online', beat)
  document.addEventListener('visibilitychange', beat)
  beat()
}

/** One that is not answered is made good by the next. */
async function say(): Promise<void> {
  const signal = AbortSignal.timeout(WAIT_MS)
  await answered(api.PUT('/api/v1/me/seat/beat', { signal })).catch(() => undefined)
}
