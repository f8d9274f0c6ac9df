import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A fresh self-signed certificate for 127.0.0.1, localhost and `names`, made by openssl; valid for a day. */
export function makeTestCertificate(...names: string[]): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archway-certificate-'))
  const file = (name: string) => path.join(folder, name)
  const alternatives = ['IP:127.0.0.1', 'DNS:localhost', ...names.map((name) => `DNS:${name}`)].join(',')
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '1', '-subj', '/CN=archway-test', '-addext', `subjectAltName=${alternatives}`],
        ...['-keyout', file('key.pem'), '-out', file('cert.pem')],
      ],
      { stdio: 'ignore' },
    )
    return { key: readFileSync(file('key.pem'), 'utf8'), cert: readFileSync(file('cert.pem'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
