import { onScopeDispose, shallowReactive } from 'vue'
import type { Words } from '../i18n/zh'
import { isBare, isComposing, keyName } from './keys'

/**
 * The shortcuts that are there now; `?` lists them.
 *
 * One that writes a sign is never heard while somebody types, and none while an input method
 * composes or a dialog is open.
 */
export interface Shortcut {
  key: string
  /** What it does: a key of `shortcuts` in the words. */
  words: keyof Words['shortcuts']
  run: () => void
}

// A box that is ticked takes no letters.
const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'

export const shortcuts = shallowReactive(new Set<Shortcut>())

/** Give these keys a meaning while the view is open; the latest one to claim a key has it. */
export function useShortcuts(...claimed: Shortcut[]): void {
  claimed.forEach((one) => shortcuts.add(one))
  onScopeDispose(() => claimed.forEach((one) => shortcuts.delete(one)))
}

/** Begin to listen; once per tab. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isComposing(event) || isDialogOpen()) return
    const name = keyName(event)
    if (isBare(name) && isTyping(event.target)) return
    const claimed = [...shortcuts].findLast((one) => one.key === name)
    if (claimed === undefined) return
    event.preventDefault()
    claimed.run()
  })
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open], [role=dialog][aria-modal=true]') !== null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED) !== null
}
