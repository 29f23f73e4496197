/** What a WAV file says of itself; null: it is none. Pure. */
export interface WavHead {
  isPcm: boolean
  channels: number
  rate: number
  bits: number
  seconds: number
}

export const MOST_S = 120
const RATES = [8000, 16000]
const PCM = [1, 0xfffe]

export function wavHead(bytes: ArrayBuffer): WavHead | null {
  const file = new DataView(bytes)
  const word = (at: number): string => String.fromCharCode(...new Uint8Array(bytes, at, 4))
  if (bytes.byteLength < 44 || word(0) !== 'RIFF' || word(8) !== 'WAVE') return null
  let head: Omit<WavHead, 'seconds'> | null = null
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = file.getUint32(at + 4, true)
    if (word(at) === 'fmt ' && at + 24 <= bytes.byteLength) {
      const [kind, channels, rate] = [file.getUint16(at + 8, true), file.getUint16(at + 10, true), file.getUint32(at + 12, true)]
      head = { isPcm: PCM.includes(kind), channels, rate, bits: file.getUint16(at + 22, true) }
    }
    if (word(at) === 'data' && head !== null) {
      const bytesASecond = (head.rate * head.channels * head.bits) / 8
      return { ...head, seconds: bytesASecond > 0 ? Math.min(size, bytes.byteLength - at - 8) / bytesASecond : 0 }
    }
    at += 8 + size + (size % 2)
  }
  return null
}

/** Why a telephone line cannot play it, as keys of the words; nothing: it can. */
export function faultsOf(head: WavHead | null): ('no_wav' | 'no_pcm' | 'channels' | 'bits' | 'rate' | 'empty' | 'long')[] {
  if (head === null) return ['no_wav']
  return [
    ...(head.isPcm ? [] : ['no_pcm' as const]),
    ...(head.channels === 1 ? [] : ['channels' as const]),
    ...(head.bits === 16 ? [] : ['bits' as const]),
    ...(RATES.includes(head.rate) ? [] : ['rate' as const]),
    ...(head.seconds > 0 ? [] : ['empty' as const]),
    ...(head.seconds > MOST_S ? ['long' as const] : []),
  ]
}
