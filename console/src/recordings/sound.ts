/** What is drawn and said of a recording's sound. Pure. */

const HEIGHT = 40

/** A line up and down for each part of the sound, as high as it is loud; in a box of 300 x 40. */
export function outline(peaks: readonly number[]): string {
  return peaks
    .map((peak, at) => {
      const half = Math.max(0.5, (Math.min(1, peak) * HEIGHT) / 2)
      return `M${at + 0.5} ${HEIGHT / 2 - half}V${HEIGHT / 2 + half}`
    })
    .join('')
}

/** 75 seconds are 1:15; nothing where it is not known. */
export function spoken(seconds: number | null): string {
  if (seconds === null) return ''
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
