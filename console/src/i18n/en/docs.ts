import type { docs as zh } from '../zh/docs'

export const docs: typeof zh = {
  title: 'API',
  intro: 'The permission, parameters, body and answer of each operation. The contract for machines:',
  operations: 'Operations',
  look: 'Path, permission, words',
  count: '{n} operations',
  name: 'Name',
  type: 'Type',
  words: 'About it',
  required: 'required',
  permission: 'Permission',
  parameters: 'Parameters',
  body: 'Body',
  example: 'Example of a body (what is required)',
  answer: 'Answer {status}',
  refusals: 'Refusals and faults (application/problem+json)',
}
