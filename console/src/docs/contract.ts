/** The published contract, /openapi.json, as people look things up in it. Pure. */

export interface Schema {
  $ref?: string
  type?: string
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  examples?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: Schema
}

type Content = Record<string, { schema: Schema }>

interface Declared {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  'x-permission': string
  parameters: Parameter[]
  requestBody?: { content: Content; required?: boolean }
  responses: Record<string, { description: string; content?: Content }>
}

export interface Contract {
  info: { title: string; version: string }
  paths: Record<string, Record<string, Declared>>
  components: { schemas: Record<string, Schema> }
}

export interface Operation extends Declared {
  method: string
  path: string
}

/** A line of a table: what it is called, what may stand there. */
export interface Field {
  name: string
  type: string
  isRequired: boolean
  words: string
}

const DEEPEST = 4

/** All operations; those that hold every word that is looked for. */
export function operationsOf(contract: Contract, wanted = ''): Operation[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const all = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
  )
  return all.filter((one) => {
    const text = [one.method, one.path, one.summary, one['x-permission'], ...one.tags].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** By their first tag, in the order of the tags' names. */
export function byTag(operations: readonly Operation[]): [string, Operation[]][] {
  const found = new Map<string, Operation[]>()
  for (const one of operations) {
    const tag = one.tags[0] ?? ''
    found.set(tag, [...(found.get(tag) ?? []), one])
  }
  return [...found].sort(([one], [other]) => one.localeCompare(other))
}

export function resolved(contract: Contract, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (contract.components.schemas[name] ?? {})
}

/** What stands beside null, where null may stand there too. */
function bare(contract: Contract, schema: Schema): { schema: Schema; isNullable: boolean } {
  const choices = schema.anyOf ?? []
  const others = choices.filter((one) => one.type !== 'null')
  const is = others.length === 1 && others.length < choices.length
  return { schema: resolved(contract, is ? others[0]! : schema), isNullable: is }
}

export function typeOf(contract: Contract, given: Schema): string {
  const { schema, isNullable } = bare(contract, given)
  return isNullable ? `${plainType(contract, schema)} | null` : plainType(contract, schema)
}

function plainType(contract: Contract, schema: Schema): string {
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(contract, one)).join(' | ')
  if (schema.type === 'array') return `[${schema.items ? typeOf(contract, schema.items) : ''}]`
  return schema.format ?? schema.type ?? 'any'
}

const LIMITS = [
  ['minimum', '≥'], ['maximum', '≤'], ['minLength', 'length ≥'], ['maxLength', 'length ≤'],
  ['minItems', 'items ≥'], ['maxItems', 'items ≤'], ['pattern', ''], ['default', '='],
] as const

function wordsOf(schema: Schema, description = schema.description ?? ''): string {
  const limits = LIMITS.filter(([name]) => schema[name] !== undefined && schema[name] !== null)
  const said = limits.map(([name, sign]) => `${sign} ${name === 'default' ? JSON.stringify(schema[name]) : schema[name]}`.trim())
  return [description, ...said].filter(Boolean).join(' · ')
}

export function parametersOf(contract: Contract, operation: Operation): Field[] {
  return operation.parameters.map((one) => ({
    name: one.name,
    type: typeOf(contract, one.schema),
    isRequired: one.required === true,
    words: [one.in, wordsOf(bare(contract, one.schema).schema, one.description)].filter(Boolean).join(' · '),
  }))
}

/** The fields of a body, those inside others with their way there: `items[].place.lat`. */
export function fieldsOf(contract: Contract, given: Schema, before = '', depth = 0): Field[] {
  const { schema } = bare(contract, given)
  if (depth > DEEPEST) return []
  if (schema.type === 'array' && schema.items) return fieldsOf(contract, schema.items, `${before}[]`, depth + 1)
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const field = before === '' ? name : `${before}.${name}`
    const inner = bare(contract, one).schema
    return [
      { name: field, type: typeOf(contract, one), isRequired: schema.required?.includes(name) === true, words: wordsOf(inner) },
      ...fieldsOf(contract, one, field, depth + 1),
    ]
  })
}

const SAMPLES: Record<string, unknown> = {
  uuid: '01890000-0000-7000-8000-000000000000',
  'date-time': '2026-01-01T08:00:00+08:00',
  date: '2026-01-01',
  integer: 1,
  number: 1.5,
  boolean: false,
  string: '…',
}

/** What could be sent there: what must be, and nothing else. */
export function exampleOf(contract: Contract, given: Schema, depth = 0): unknown {
  const { schema } = bare(contract, given)
  if (schema.examples?.length) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return exampleOf(contract, schema.anyOf[0]!, depth)
  if (schema.type === 'array') return depth > DEEPEST || !schema.items ? [] : [exampleOf(contract, schema.items, depth + 1)]
  if (schema.type !== 'object') return SAMPLES[schema.format ?? ''] ?? schema.minimum ?? SAMPLES[schema.type ?? 'string']
  const must = (schema.required ?? []).map((name) => [name, exampleOf(contract, schema.properties?.[name] ?? {}, depth + 1)])
  return Object.fromEntries(must)
}
