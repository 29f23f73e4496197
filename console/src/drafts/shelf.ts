/** Where drafts lie in the browser: under the name of who writes them. */

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const PREFIX = 'draft:'

/** The name of one person's draft; `key` says what it is about, `call:ID` or `ticket:ID`. */
export function draftName(who: string, key: string): string {
  return `${PREFIX}${who}:${key}`
}

export function readDraft(shelf: Shelf, name: string): string {
  return shelf.getItem(name) ?? ''
}

/** An empty draft is none. */
export function keepDraft(shelf: Shelf, name: string, text: string): void {
  if (text === '') return shelf.removeItem(name)
  try {
    shelf.setItem(name, text)
  } catch {
    // No room left: it stays on the screen, and a reload would lose it.
  }
}

/** At sign-out: whoever sits down next finds nothing. */
export function clearDrafts(shelf: Shelf): void {
  drop(shelf, () => true)
}

/** At the start: what another person has left here is not ours to keep. */
export function dropOthers(shelf: Shelf, who: string): void {
  drop(shelf, (name) => !name.startsWith(draftName(who, '')))
}

function drop(shelf: Shelf, isUnwanted: (name: string) => boolean): void {
  const names = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? '')
  names.filter((name) => name.startsWith(PREFIX) && isUnwanted(name)).forEach((name) => shelf.removeItem(name))
}
