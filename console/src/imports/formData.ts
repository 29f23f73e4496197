/** A form with a file, as the API's client sends it: the browser writes the boundary itself. */
export const asForm = {
  bodySerializer(body: Record<string, unknown>): FormData {
    const form = new FormData()
    for (const [name, value] of Object.entries(body)) form.append(name, value as string | Blob)
    return form
  },
}

/** The contract says `binary`, which is a text to the compiler. */
export function asBinary(file: File): string {
  return file as unknown as string
}
