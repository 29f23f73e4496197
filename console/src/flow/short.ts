/** A text that fits into a box: a Chinese sign is as wide as two others. Pure. */
export function short(text: string, width: number): string {
  let taken = 0
  let end = 0
  for (const sign of text) {
    taken += widthOf(sign)
    if (taken > width) return `${text.slice(0, end).trimEnd()}…`
    end += sign.length
  }
  return text
}

/** In signs of Latin letters. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0)
}
