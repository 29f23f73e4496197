import type { Ref } from 'vue'
import { answered, api } from '../api/client'
import type { Hears, SipLine } from './sip'
import { askMicrophone } from './sound'
import { faultOf, type Standing } from './standing'

/** One window of a browser has the phone; the next in line has it when that one is closed. */

const LOCK = 'phone'

/** Register while it is wanted; the answered function ends it. `standing` follows. */
export function holdLine(standing: Ref<Standing>, hears: Hears): () => void {
  // Without a secure context there is neither a microphone nor a lock.
  if (!('locks' in navigator) || navigator.mediaDevices === undefined) {
    standing.value = 'insecure'
    return () => (standing.value = 'off')
  }
  const over = new AbortController()
  standing.value = 'elsewhere'
  void navigator.locks.request(LOCK, { signal: over.signal }, () => speak(standing, hears, over.signal)).catch(() => undefined)
  return () => {
    over.abort()
    standing.value = 'off'
  }
}

/** Until `over`; where the microphone is missing it is asked for again when something has changed. */
async function speak(standing: Ref<Standing>, hears: Hears, over: AbortSignal): Promise<void> {
  standing.value = 'connecting'
  while (!over.aborted && !(await isHeard(standing))) await somethingNew(over)
  if (over.aborted) return
  const { SipLine } = await import('./sip')
  const line: SipLine = new SipLine(() => answered(api.POST('/api/v1/me/phone/registration')), hears)
  line.start()
  await ended(over)
  line.stop()
  standing.value = 'off'
}

async function isHeard(standing: Ref<Standing>): Promise<boolean> {
  try {
    await askMicrophone()
    standing.value = 'connecting'
    return true
  } catch (failure) {
    standing.value = faultOf(failure)
    return false
  }
}

/** A device was plugged in or pulled out, leave was given, or he came back to this window. */
async function somethingNew(over: AbortSignal): Promise<void> {
  const permission = await navigator.permissions?.query({ name: 'microphone' as PermissionName }).catch(() => null)
  await new Promise<void>((done) => {
    const seen = new AbortController()
    const now = (): void => {
      seen.abort()
      done()
    }
    const { signal } = seen
    navigator.mediaDevices.addEventListener('devicechange', now, { signal })
    permission?.addEventListener('change', now, { signal })
    addEventListener('focus', now, { signal })
    over.addEventListener('abort', now, { signal })
  })
}

function ended(over: AbortSignal): Promise<void> {
  return new Promise((done) => (over.aborted ? done() : over.addEventListener('abort', () => done(), { once: true })))
}
