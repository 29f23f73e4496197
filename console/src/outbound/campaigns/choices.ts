/** What a campaign is put together from in other rooms: audiences and surveys. */

export interface Named {
  id: string
  name: string
}

const MOST = 200

/** Those there are; null where the list cannot be had. */
async function listed(path: string, filter = ''): Promise<Named[] | null> {
  const answer = await fetch(`${path}?limit=${MOST}${filter}`, { credentials: 'same-origin' }).catch(() => null)
  if (answer === null || !answer.ok) return null
  const { items } = (await answer.json()) as { items: { id: string; name?: string; title?: string }[] }
  return items.map(({ id, name, title }) => ({ id, name: name ?? title ?? id }))
}

export function audiences(): Promise<Named[] | null> {
  return listed('/api/v1/audiences')
}

/** Only those that take answers: a plan with another is refused. */
export function surveys(): Promise<Named[] | null> {
  return listed('/api/v1/surveys', '&state=open')
}
