/** Sounds of a telephone line: WAV, mono, 16 bit. Pure. */

export const LINE_RATE = 8000
const HEAD = 44

/** The file; `samples` lie between -1 and 1. */
export function wavOf(samples: Float32Array, rate = LINE_RATE): ArrayBuffer {
  const bytes = new ArrayBuffer(HEAD + samples.length * 2)
  const file = new DataView(bytes)
  const word = (at: number, text: string): void => [...text].forEach((sign, i) => file.setUint8(at + i, sign.charCodeAt(0)))
  word(0, 'RIFF')
  file.setUint32(4, bytes.byteLength - 8, true)
  word(8, 'WAVEfmt ')
  file.setUint32(16, 16, true)
  file.setUint16(20, 1, true)
  file.setUint16(22, 1, true)
  file.setUint32(24, rate, true)
  file.setUint32(28, rate * 2, true)
  file.setUint16(32, 2, true)
  file.setUint16(34, 16, true)
  word(36, 'data')
  file.setUint32(40, samples.length * 2, true)
  samples.forEach((one, i) => file.setInt16(HEAD + i * 2, Math.max(-1, Math.min(1, one)) * 32767, true))
  return bytes
}

/** So many seconds in which nobody speaks. */
export function silence(seconds: number): ArrayBuffer {
  return wavOf(new Float32Array(seconds * LINE_RATE))
}
