/** How long a text message becomes. Pure. */

/** 3GPP TS 23.038: what one septet holds; those of the extension take two. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€\f'
const SEPTETS = { alone: 160, joined: 153 }
/** UCS-2, in units of 16 bits. */
const UNITS = { alone: 70, joined: 67 }

/** What stands for facts while nobody in particular is written to. */
const TYPICAL: Record<'zh' | 'en', Record<string, string>> = {
  zh: { owner: '王小明', model: '昀驰 S7', plate: '辽A12345', last_visit: '2026年3月5日', last_station: '沈阳铁西服务站', due: '2026年12月1日', survey_question: '您对这次救援满意吗? 请回复 1 到 5 的数字。' },
  en: { owner: 'Wang Xiaoming', model: 'Yunchi S7', plate: '辽A12345', last_visit: '2026-03-05', last_station: 'Tiexi station', due: '2026-12-01', survey_question: 'How satisfied are you? Reply with a number from 1 to 5.' },
}
const OTHERS: Record<string, string> = {
  months_since_visit: '8', odometer: '45,120', years_with_us: '3', ticket: 'R261126-0001', occasion: 'birthday',
  link: 'https://example.cn/o/abcdefgh', survey_link: 'https://example.cn/q/abcdefgh', hotline: '400-000-0000',
}

/** The text with typical facts in it. */
export function typical(text: string, language: 'zh' | 'en'): string {
  return text.replace(/\{([^{}|]*)(?:\|[^{}]*)?\}/g, (whole, fact: string) => TYPICAL[language][fact] ?? OTHERS[fact] ?? whole)
}

/** How many messages the text is sent in; none for an empty one. */
export function textParts(text: string): number {
  if (text === '') return 0
  const signs = [...text]
  const isBasic = signs.every((sign) => BASIC.includes(sign) || EXTENDED.includes(sign))
  const { alone, joined } = isBasic ? SEPTETS : UNITS
  const length = isBasic ? signs.length + signs.filter((sign) => EXTENDED.includes(sign)).length : text.length
  return length <= alone ? 1 : Math.ceil(length / joined)
}
