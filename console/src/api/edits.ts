/** What a person has changed of something that others change too. Pure. */

export type Fields<T, F extends keyof T> = Pick<T, F>

/** In whatever order their fields stand. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder)
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The fields alone. */
export function picked<T, F extends keyof T>(whole: T, fields: readonly F[]): Fields<T, F> {
  return Object.fromEntries(fields.map((field) => [field, whole[field]])) as Fields<T, F>
}

/** Those that are not as they were read. */
export function changesOf<T, F extends keyof T>(base: Fields<T, F>, draft: Fields<T, F>): Partial<Fields<T, F>> {
  const changed = (Object.keys(draft) as F[]).filter((field) => !same(base[field], draft[field]))
  return picked<Fields<T, F>, F>(draft, changed) as Partial<Fields<T, F>>
}

/** Fields that somebody else has changed while this person was changing them to something else. */
export function conflictsOf<T, F extends keyof T>(
  base: Fields<T, F>,
  theirs: Fields<T, F>,
  draft: Fields<T, F>,
): F[] {
  return (Object.keys(draft) as F[]).filter(
    (field) =>
      !same(base[field], theirs[field]) && !same(base[field], draft[field]) && !same(theirs[field], draft[field]),
  )
}

/** The draft over what it is now: what this person has not touched follows the others. */
export function rebased<T, F extends keyof T>(
  base: Fields<T, F>,
  theirs: Fields<T, F>,
  draft: Fields<T, F>,
): Fields<T, F> {
  return { ...theirs, ...changesOf<T, F>(base, draft) }
}
