import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '#lib/errors/app-error.ts'

/** Where to listen; port 0 takes any free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Starts to listen and answers the port. Throws `settings_invalid` that says which setting to change. */
export async function listen(server: Server, { host, port }: ListenAddress): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, { host, port })
  }
  return (server.address() as AddressInfo).port
}

function explain(cause: NodeJS.ErrnoException, { host, port }: ListenAddress): AppError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new AppError('settings_invalid', `Port ${port} on ${host} is taken by another program.`, {
        hint: `Stop that program, or choose another port: PORT=${port === 65_535 ? 3000 : port + 1}`,
        cause,
      })
    case 'EACCES':
      return new AppError('settings_invalid', `This user may not listen on port ${port}.`, {
        hint: 'Choose a port from 1024 on: PORT=3000',
        cause,
      })
    default:
      return new AppError('settings_invalid', `HOST=${host} cannot be listened on (${cause.code}).`, {
        hint: 'Set HOST to an address of this machine, such as 127.0.0.1.',
        cause,
      })
  }
}
