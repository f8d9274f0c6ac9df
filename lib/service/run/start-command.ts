import type { StartCommand } from '#lib/image/resolve-entrypoint.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'

/** The image's own command, with the profile's in its place: another entrypoint drops the image's Cmd. */
export function startCommand(config: ImageConfig, profile: RunProfile): StartCommand {
  return {
    entrypoint: profile.entrypoint ?? config.entrypoint,
    cmd: profile.command ?? (profile.entrypoint ? [] : config.cmd),
    env: [...config.env, ...Object.entries(profile.env ?? {}).map(([name, value]) => `${name}=${value}`)],
    workingDir: config.workingDir,
  }
}
