/** A rule as it is edited: groups and conditions, changed by making anew. Pure. */

export type GroupKind = 'all' | 'any' | 'none'
export interface Group {
  kind: GroupKind
  of: readonly Part[]
}
/** A condition: its kind, and the fields of that kind as the API has them. */
export interface Leaf {
  kind: string
  [field: string]: unknown
}
export type Part = Group | Leaf

export const GROUPS: readonly GroupKind[] = ['all', 'any', 'none']
/** As the API has it: groups within groups, the outermost counted. */
export const DEEPEST = 5
export const MOST = 40

export function isGroup(part: Part): part is Group {
  return (GROUPS as readonly string[]).includes(part.kind)
}

export function added(group: Group, part: Part): Group {
  return { ...group, of: [...group.of, part] }
}

export function replaced(group: Group, at: number, part: Part): Group {
  return { ...group, of: group.of.map((one, index) => (index === at ? part : one)) }
}

export function removed(group: Group, at: number): Group {
  return { ...group, of: group.of.filter((_, index) => index !== at) }
}

export function size(part: Part): number {
  return isGroup(part) ? part.of.reduce((sum, one) => sum + size(one), 0) : 1
}

/** Whether it can be asked: no group but the outermost "all" is empty, no field is. */
export function isWhole(part: Part, isOutermost = true): boolean {
  if (!isGroup(part)) return Object.values(part).every(isFilled)
  if (part.of.length === 0) return isOutermost && part.kind === 'all'
  return part.of.every((one) => isWhole(one, false))
}

function isFilled(value: unknown): boolean {
  return value !== '' && value !== undefined && !(typeof value === 'number' && Number.isNaN(value)) && !isEmptyChoice(value)
}

/** Lists that may be empty are left out while they are: one that is there must hold something. */
function isEmptyChoice(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
