import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildImage } from './image.ts'
import { buildLayer } from './layer.ts'

/** A registry of one image, half of whose layer it sends and then nothing more. */
export interface HangingRegistry extends AsyncDisposable {
  /** For addresses: `127.0.0.1:PORT/lab/hanging:1`. */
  readonly reference: string
  /** How often the layer was asked for so far. */
  readonly asked: number
  /** Transfers of the layer that nobody has ended. */
  readonly hanging: number
}

/** Starts one, of plain HTTP on loopback. */
export async function startHangingRegistry(): Promise<HangingRegistry> {
  const layer = buildLayer([{ path: 'noise', content: randomBytes(1 << 20) }])
  const image = buildImage({ layers: [layer] })
  const hanging = new Set<http.ServerResponse>()
  let asked = 0
  const server = http.createServer(({ method, url = '' }, response) => {
    const name = url.split('/').at(-1) ?? ''
    const blob = [image, ...image.blobs].find(({ digest }) => digest === name)
    const found = url.endsWith('/manifests/1') ? image : blob
    if (found === undefined) return void response.writeHead(url === '/v2/' ? 200 : 404).end()
    const { mediaType, digest, size, bytes } = found
    const headers = { 'Content-Type': mediaType, 'Content-Length': size, 'Docker-Content-Digest': digest }
    response.writeHead(200, headers)
    if (method === 'HEAD') return void response.end()
    if (digest !== layer.digest) return void response.end(bytes)
    asked++
    hanging.add(response)
    response.on('close', () => hanging.delete(response))
    response.write(bytes.subarray(0, bytes.length / 2))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    reference: `127.0.0.1:${(server.address() as AddressInfo).port}/lab/hanging:1`,
    get asked() {
      return asked
    },
    get hanging() {
      return hanging.size
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
