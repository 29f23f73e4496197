import { expect, test } from 'vitest'
import { clearDrafts, draftName, dropOthers, keepDraft, readDraft, type Shelf } from '../src/drafts/shelf'

function shelf(room = Infinity): Shelf & { names: () => string[] } {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, text)
    },
    removeItem: (name) => void kept.delete(name),
    names: () => [...kept.keys()],
  }
}

const [mine, hers] = [draftName('staff:1', 'call:a'), draftName('staff:12', 'call:a')]

test('a draft is read as it was left; emptied, it is none', () => {
  const kept = shelf()
  keepDraft(kept, mine, '左前轮')
  expect([readDraft(kept, mine), readDraft(kept, hers)]).toEqual(['左前轮', ''])
  keepDraft(kept, mine, '')
  expect(kept.names()).toEqual([])
})

test('sign-out leaves no draft and touches nothing else; the next person drops what is not hers', () => {
  const kept = shelf()
  kept.setItem('theme', 'dark')
  keepDraft(kept, mine, 'a')
  keepDraft(kept, hers, 'b')
  dropOthers(kept, 'staff:12')
  expect(kept.names()).toEqual(['theme', hers])
  clearDrafts(kept)
  expect(kept.names()).toEqual(['theme'])
})

test('a full browser does not keep anybody from writing', () => {
  expect(() => keepDraft(shelf(3), mine, 'longer')).not.toThrow()
})
