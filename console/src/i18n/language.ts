export type Language = 'zh' | 'en'

/** What was chosen, the more personal choice first; else Chinese for a Chinese browser. Pure. */
export function languageOf(own: string | null, here: string | null, browser: string): Language {
  const chosen = [own, here].find((one) => one === 'zh' || one === 'en')
  if (chosen !== undefined) return chosen as Language
  return /^zh\b/i.test(browser) ? 'zh' : 'en'
}
