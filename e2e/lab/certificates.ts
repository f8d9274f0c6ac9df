import { execFile } from 'node:child_process'
import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * Makes a CA with a server's and a client's certificate in `folder`: `ca.pem`, `server.pem`, `server.key`, and
 * `cert.pem`, `key.pem` as Docker names a client's. For localhost, for a day.
 */
export async function makeCertificates(folder: string): Promise<void> {
  const at = (name: string) => path.join(folder, name)
  const openssl = (...args: readonly string[]) => promisify(execFile)('openssl', args)
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-sha256']
  await openssl(
    'req',
    '-x509',
    '-days',
    '1',
    ...fresh,
    '-subj',
    '/CN=lab',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  )
  for (const [name, usage] of [
    ['server', 'serverAuth'],
    ['client', 'clientAuth'],
  ] as const) {
    await writeFile(at(`${name}.ext`), `subjectAltName=DNS:localhost\nextendedKeyUsage=${usage}\n`)
    await openssl(
      'req',
      ...fresh,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.csr`),
    )
    await openssl(
      ...['x509', '-req', '-days', '1', '-sha256', '-in', at(`${name}.csr`), '-extfile', at(`${name}.ext`)],
      ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-out', at(`${name}.pem`)],
    )
  }
  await rename(at('client.pem'), at('cert.pem'))
  await rename(at('client.key'), at('key.pem'))
}
