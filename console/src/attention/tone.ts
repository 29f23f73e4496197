/** Tones for a ring and an alarm, made by the browser itself. */

export type Occasion = 'ring' | 'alarm'

/** Pitch in Hz, beginning and length in seconds. */
type Note = readonly [pitch: number, at: number, length: number]

const TUNES: Record<Occasion, readonly Note[]> = {
  ring: [
    [440, 0, 0.4],
    [554, 0, 0.4],
    [440, 0.6, 0.4],
    [554, 0.6, 0.4],
  ],
  alarm: [
    [880, 0, 0.15],
    [660, 0.2, 0.15],
    [880, 0.4, 0.15],
    [660, 0.6, 0.15],
  ],
}
const LOUDNESS = 0.12

let context: AudioContext | null = null

/** Browsers stay silent until somebody has pressed something: called from such a press. */
export async function wake(): Promise<void> {
  context ??= new AudioContext()
  await context.resume()
}

export function play(occasion: Occasion): void {
  if (context === null) return
  for (const [pitch, at, length] of TUNES[occasion]) sound(context, pitch, context.currentTime + at, length)
}

function sound(on: AudioContext, pitch: number, at: number, length: number): void {
  const tone = on.createOscillator()
  const loudness = on.createGain()
  tone.frequency.value = pitch
  // Up and down within a few milliseconds: a hard edge is heard as a click.
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  loudness.gain.linearRampToValueAtTime(0, at + length)
  tone.connect(loudness).connect(on.destination)
  tone.start(at)
  tone.stop(at + length)
}
