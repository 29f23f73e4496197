import { onScopeDispose } from 'vue'

const KEYS = new Set('0123456789*#')
const TYPED = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]'

/** Hears the keypad's keys on the keyboard, except while somebody types. */
export function listenToPad(press: (key: string) => void): void {
  const hear = (event: KeyboardEvent): void => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !KEYS.has(event.key)) return
    if (event.target instanceof Element && event.target.closest(TYPED) !== null) return
    event.preventDefault()
    press(event.key)
  }
  addEventListener('keydown', hear)
  onScopeDispose(() => removeEventListener('keydown', hear))
}
