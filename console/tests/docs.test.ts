import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { byTag, exampleOf, fieldsOf, operationsOf, parametersOf, typeOf, type Contract } from '../src/docs/contract'

const published = JSON.parse(readFileSync(new URL('../../schemas/openapi.json', import.meta.url), 'utf8')) as Contract
const operation = (id: string) => operationsOf(published).find((one) => one.operationId === id)!

describe('the contract to look things up in', () => {
  it('has every operation once, below its tag', () => {
    const count = Object.values(published.paths).flatMap(Object.keys).length
    const listed = byTag(operationsOf(published)).flatMap(([, all]) => all)
    expect(new Set(listed.map((one) => one.operationId)).size).toBe(count)
  })

  it('finds by every word: method, path, permission or what it says', () => {
    const found = operationsOf(published, 'POST tickets_write /notes').map((one) => one.path)
    expect(found).toEqual(['/api/v1/tickets/{ticket_id}/notes'])
    expect(operationsOf(published, 'no such words')).toEqual([])
  })

  it('says types as they are read', () => {
    const all: [Parameters<typeof typeOf>[1], string][] = [
      [{ type: 'string', format: 'uuid' }, 'uuid'],
      [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
      [{ type: 'array', items: { type: 'integer' } }, '[integer]'],
      [{ enum: ['zh', 'en'] }, '"zh" | "en"'],
    ]
    for (const [schema, words] of all) expect(typeOf(published, schema)).toBe(words)
  })

  it('shows limits, and fields inside others with their way there', () => {
    const limit = parametersOf(published, operation('tickets_list_tickets')).find((one) => one.name === 'limit')
    expect(limit?.words).toBe('query · ≥ 1 · ≤ 200 · = 50')
    const { content } = operation('customers_get_owner').responses['200']!
    const names = fieldsOf(published, content!['application/json']!.schema).map((one) => one.name)
    expect(names).toContain('vehicles[].plate')
  })

  it('makes an example of what must be sent, for every body', () => {
    const { requestBody } = operation('customers_add_owner')
    expect(exampleOf(published, requestBody!.content['application/json']!.schema)).toEqual({ name: '…' })
    for (const one of operationsOf(published)) {
      const content = one.requestBody?.content['application/json']
      if (content) expect(JSON.stringify(exampleOf(published, content.schema))).not.toContain('undefined')
    }
  })
})
