/** The two tones of each key, and the tone behind which a message is taken. */

const ROWS = ['123', '456', '789', '*0#']
const LOW = [697, 770, 852, 941]
const HIGH = [1209, 1336, 1477]
const KEY_S = 0.15
const VOLUME = 0.06

let context: AudioContext | null = null

export function keyTone(key: string): void {
  const row = ROWS.findIndex((keys) => keys.includes(key))
  if (row < 0) return
  sound([LOW[row]!, HIGH[ROWS[row]!.indexOf(key)]!], KEY_S)
}

export function beep(): void {
  sound([1000], 0.4)
}

/** Where the browser makes no sound, there is none. */
function sound(hertz: readonly number[], seconds: number): void {
  context ??= new AudioContext()
  const volume = context.createGain()
  volume.gain.value = VOLUME
  volume.connect(context.destination)
  for (const pitch of hertz) {
    const tone = context.createOscillator()
    tone.frequency.value = pitch
    tone.connect(volume)
    tone.start()
    tone.stop(context.currentTime + seconds)
  }
}
