/** The server's page of a rescue, until the console has its own. Other kinds have none yet. */
export function rescuePage(ticketId: string): string {
  return `/desk/rescues/${ticketId}`
}
