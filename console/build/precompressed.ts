import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH_IT = 1024

/** Lays a .br and a .gz beside each text asset; the web process sends whichever the browser takes. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/\.(js|css|json|svg)$/.test(name)) continue
        const file = join(options.dir ?? '', name)
        const data = readFileSync(file)
        if (data.length < WORTH_IT) continue
        writeFileSync(`${file}.br`, brotliCompressSync(data))
        writeFileSync(`${file}.gz`, gzipSync(data, { level: 9 }))
      }
    },
  }
}
