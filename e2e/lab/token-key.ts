import { execFile } from 'node:child_process'
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** A signing key and the certificate by which the registry trusts it. */
export interface TokenKey {
  readonly privateKey: KeyObject
  /** Base64 DER for the JWT header's `x5c`. */
  readonly certificate: string
  readonly certificateFile: string
}

/** Makes a fresh RSA key with a self-signed certificate in the folder. Needs the `openssl` command. */
export async function makeTokenKey(folder: string): Promise<TokenKey> {
  const keyFile = path.join(folder, 'token-key.pem')
  const certificateFile = path.join(folder, 'token-certificate.pem')
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=archway-lab'],
    ...['-keyout', keyFile, '-out', certificateFile],
  ])
  return {
    privateKey: createPrivateKey(await readFile(keyFile)),
    certificate: new X509Certificate(await readFile(certificateFile)).raw.toString('base64'),
    certificateFile,
  }
}
