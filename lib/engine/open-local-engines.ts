import { readFileSync, realpathSync, statSync } from 'node:fs'
import os from 'node:os'
import { AppError, toAppError } from '#lib/errors/app-error.ts'
import { createDockerEngine } from './docker/docker-engine.ts'
import type { Engine } from './engine.ts'
import { findEngines } from './find-engines.ts'

/** The engines of this machine as `docker` would find them, not yet asked; `problems` says why there are none. */
export function openLocalEngines(): {
  readonly engines: readonly Engine[]
  readonly problems: readonly AppError[]
} {
  try {
    const found = findEngines({
      environment: process.env,
      home: os.homedir(),
      resolveSocket,
      readTextFile: (file) => readFileSync(file, 'utf8'),
    })
    if (found.length === 0) return { engines: [], problems: [noEngine()] }
    return { engines: found.map(({ address }) => createDockerEngine(address)), problems: [] }
  } catch (error) {
    return { engines: [], problems: [toAppError(error)] }
  }
}

function noEngine(): AppError {
  return new AppError(
    'engine_unavailable',
    'neither DOCKER_HOST nor a socket of Docker or Podman is there.',
    {
      hint: 'Start Docker or Podman (podman system service), or point DOCKER_HOST to an engine.',
    },
  )
}

function resolveSocket(path: string): string | undefined {
  try {
    const real = realpathSync(path)
    return statSync(real).isSocket() ? real : undefined
  } catch {
    return undefined
  }
}
