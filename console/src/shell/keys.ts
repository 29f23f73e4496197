/** What a key press means for shortcuts. Pure. */

/** As shortcuts are written: `/`, `?`, `j`, `Escape`, `Ctrl+Enter`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : ''
  return `${control}${event.altKey ? 'Alt+' : ''}${event.key}`
}

/** As it is printed on the keyboard. */
export function keyWords(name: string): string {
  if (name === 'Escape') return 'Esc'
  return name.replace(/\+(\w)$/, (_, letter: string) => `+${letter.toUpperCase()}`)
}

/** Whether an input method is at work: its keys are its own. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // keyCode is old, but it is what Chromium says of a key that opens a composition.
  return event.isComposing || event.keyCode === 229
}

/** Whether the key writes a sign: such a shortcut rests while somebody types. */
export function isBare(name: string): boolean {
  return [...name].length === 1
}
