import { writeFileSync } from 'node:fs'
import { ensurePackages } from '../../e2e/lab/prepare.ts'

// `node prepare.mjs FILE`: installs what the lab needs where it may, and writes what is still missing to FILE.
const [file = ''] = process.argv.slice(2)
writeFileSync(file, JSON.stringify(await ensurePackages()))
