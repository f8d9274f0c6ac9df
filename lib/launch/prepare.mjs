import { writeFileSync } from 'node:fs'
import { ensurePackages } from '../../e2e/lab/prepare.ts'

// `node prepare.mjs FILE`: installs what the lab and the browser need, where it may, and writes to FILE why the
// journeys in the browser cannot run, if they cannot. Other tests find out for themselves.
const [file = ''] = process.argv.slice(2)
const readiness = await ensurePackages()
const reasons = /** @type {const} */ (['registry', 'basic', 'token', 'browser']).map(readiness.reason)
writeFileSync(file, reasons.find((reason) => reason !== undefined) ?? '')
