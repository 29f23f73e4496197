import { ref, watch, type Ref } from 'vue'
import { play, wake, type Occasion } from './tone'

/** Sound and desktop notification for what must not be missed; each may be switched off. */

const ONE_TAB_MS = 3000

export const isSoundOn = kept('sound')
export const isNoticeOn = kept('notices')
/** Without https a browser has no notifications. */
export const hasNotices = 'Notification' in window && window.isSecureContext

if (hasNotices && Notification.permission !== 'granted') isNoticeOn.value = false
if (isSoundOn.value) {
  for (const press of ['pointerdown', 'keydown']) addEventListener(press, () => void wake(), { once: true })
}

export async function switchSound(): Promise<void> {
  isSoundOn.value = !isSoundOn.value
  if (!isSoundOn.value) return
  await wake()
  play('ring')
}

/** Asks for leave only when somebody wants it; whether it was refused. */
export async function switchNotices(): Promise<boolean> {
  const isWanted = !isNoticeOn.value
  isNoticeOn.value = isWanted && (await Notification.requestPermission()) === 'granted'
  return isWanted && !isNoticeOn.value
}

/**
 * Somebody must look: once for a browser, however many tabs it has.
 *
 * `words` go to the system, which keeps and shows them as it likes: no name and no number in them.
 */
export function attract(occasion: Occasion, id: string, words: string): void {
  void once(`attention:${occasion}:${id}`, () => {
    if (isSoundOn.value) play(occasion)
    if (isNoticeOn.value && !document.hasFocus()) notify(words, id)
  })
}

function notify(words: string, id: string): void {
  const notice = new Notification(words, { tag: id })
  notice.onclick = () => {
    window.focus()
    notice.close()
  }
}

/** Tabs hear the same news within moments of each other: the first one acts. */
async function once(name: string, act: () => void): Promise<void> {
  if (!('locks' in navigator)) return act()
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    act()
    await new Promise((done) => setTimeout(done, ONE_TAB_MS))
  })
}

/** A switch that stays as it was left. */
function kept(name: string): Ref<boolean> {
  const key = `attention.${name}`
  const is = ref(localStorage.getItem(key) === 'on')
  watch(is, (now) => localStorage.setItem(key, now ? 'on' : 'off'))
  return is
}
