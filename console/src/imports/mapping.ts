import type { SheetHeadings } from '../api/wire'

/** What each heading of a sheet shall be taken for. Pure. */

/** Not read, whatever its heading says. */
export const LEFT_OUT = '-'

export interface Choice {
  heading: string
  /** What the service takes it for by itself; an empty text for nothing. */
  known: string
  /** What the person has chosen: a field, or LEFT_OUT. */
  field: string
  examples: string[]
}

/**
 * As the service has recognised it; left out are what only exports write, and the second of two
 * headings for one column.
 */
export function choicesOf(read: SheetHeadings): Choice[] {
  const seen = new Set(read.columns.filter((one) => !one.can_be_written).map((one) => one.field))
  return read.headings.map(({ heading, field, examples }) => {
    const isFree = field !== null && !seen.has(field)
    if (field !== null) seen.add(field)
    return { heading, known: field ?? '', field: isFree ? field : LEFT_OUT, examples }
  })
}

/** What the import is told: only where the person means something else than was recognised. */
export function mappingOf(choices: readonly Choice[]): string {
  return choices
    .filter((one) => one.field !== (one.known || LEFT_OUT))
    .map((one) => `${one.heading}=${one.field}`)
    .join('\n')
}

/** Columns that two headings would be taken for. */
export function twice(choices: readonly Choice[]): string[] {
  const fields = choices.map((one) => one.field).filter((field) => field !== LEFT_OUT)
  return [...new Set(fields.filter((field, at) => fields.indexOf(field) !== at))]
}

export function hasCode(choices: readonly Choice[]): boolean {
  return choices.some((one) => one.field === 'code')
}
