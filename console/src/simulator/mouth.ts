import type { SpokenWords } from '../api/wire'
import { pause } from './pause'

/** Who has spoken a text: the house by its sound, the browser, or nobody: then it is only read. */
export type Voice = 'house' | 'browser' | 'nobody'

const VOICES_WITHIN_MS = 1000
const SIGNS_A_SECOND = { zh: 4.5, en: 14 } as const
const LEAST_S = 1.2
/** A browser that says no end of what it speaks is not waited for longer than this many times. */
const PATIENCE = 2.5

/** Says the text by the first means that works here; ends soon after `cut`. */
export async function say(words: SpokenWords, cut: AbortSignal): Promise<Voice> {
  if (words.sound !== null && (await plays(words.sound, cut))) return 'house'
  if (await speaks(words, cut)) return 'browser'
  await pause(readingTime(words), cut)
  return 'nobody'
}

/** Seconds that a text takes to be read. */
export function readingTime({ text, language }: Pick<SpokenWords, 'text' | 'language'>): number {
  return Math.max(LEAST_S, text.length / SIGNS_A_SECOND[language])
}

/** False when it could not be played. */
function plays(address: string, cut: AbortSignal): Promise<boolean> {
  return new Promise((done) => {
    if (cut.aborted) return done(true)
    const sound = new Audio(address)
    const end = (played: boolean): void => {
      cut.removeEventListener('abort', stop)
      sound.pause()
      done(played)
    }
    const stop = (): void => end(true)
    cut.addEventListener('abort', stop)
    sound.addEventListener('ended', () => end(true))
    sound.addEventListener('error', () => end(false))
    sound.play().catch(() => end(cut.aborted))
  })
}

async function speaks(words: SpokenWords, cut: AbortSignal): Promise<boolean> {
  if (!('speechSynthesis' in window)) return false
  const voice = (await voices()).find(({ lang }) => lang.toLowerCase().startsWith(words.language))
  if (voice === undefined) return false
  if (cut.aborted) return true
  const spoken = new SpeechSynthesisUtterance(words.text)
  spoken.voice = voice
  spoken.lang = voice.lang
  const ended = new Promise<boolean>((done) => {
    spoken.addEventListener('end', () => done(true))
    spoken.addEventListener('error', () => done(cut.aborted))
  })
  speechSynthesis.speak(spoken)
  const tooLong = pause(readingTime(words) * PATIENCE, cut).then(() => true)
  const said = await Promise.race([ended, tooLong])
  speechSynthesis.cancel()
  return said
}

/** Browsers load them a moment after they are first asked for. */
function voices(): Promise<SpeechSynthesisVoice[]> {
  const now = speechSynthesis.getVoices()
  if (now.length > 0) return Promise.resolve(now)
  return new Promise((done) => {
    const loaded = (): void => done(speechSynthesis.getVoices())
    speechSynthesis.addEventListener('voiceschanged', loaded, { once: true })
    setTimeout(loaded, VOICES_WITHIN_MS)
  })
}
