import { ref, watch, type Ref } from 'vue'
import { play as sound, wake } from '../attention/tone'
import { isSoundOn } from '../attention/attention'
import { voiceOf } from './voice'

/** What is heard and said at this desk: microphone, loudspeaker, the ring. Choices stay in this browser. */

const RING_EVERY_MS = 3000

export const microphone = kept('microphone', '')
export const speaker = kept('speaker', '')
export const rings = kept('ring', 'on')

const player = new Audio()

/** The other end's voice. */
export async function hearFrom(voice: MediaStream): Promise<void> {
  player.srcObject = voice
  await useSpeaker()
  // Refused only to who has not yet touched the page: it begins with his next press.
  await player.play().catch(() => addEventListener('pointerdown', () => void player.play(), { once: true }))
}

export function hearNobody(): void {
  player.srcObject = null
}

/** Firefox and Safari may have no choice of loudspeakers; one that is gone gives way to the system's. */
async function useSpeaker(): Promise<void> {
  if ('setSinkId' in player) await player.setSinkId(speaker.value).catch(() => undefined)
}

/** Ask for the microphone, so that the first caller does not wait for it; throws what the browser says. */
export async function askMicrophone(): Promise<void> {
  const voice = await navigator.mediaDevices.getUserMedia({ audio: voiceOf(microphone.value) })
  voice.getTracks().forEach((track) => track.stop())
}

/** Ring until the answered function is called. */
export function ring(): () => void {
  const once = (): void => {
    if (rings.value === 'on') sound('ring')
  }
  void wake().then(() => isSoundOn.value || once())
  const timer = setInterval(once, RING_EVERY_MS)
  return () => clearInterval(timer)
}

watch(speaker, () => void useSpeaker())

function kept(name: string, otherwise: string): Ref<string> {
  const key = `phone.${name}`
  const is = ref(localStorage.getItem(key) ?? otherwise)
  watch(is, (now) => localStorage.setItem(key, now))
  return is
}
