import type { ImageConfigDto, ImagePlatformDto, LayerDto } from '#lib/api/image.ts'
import { toProblem } from '#lib/errors/problem.ts'
import type { ImageConfig } from '#lib/oci/image-config.ts'
import { compressedSizeBytes, type ImageManifest } from '#lib/oci/manifest.ts'
import {
  canonicalPlatform,
  type Platform,
  platformKey,
  platformsAgree,
  platformText,
  rawPlatformText,
} from '#lib/oci/platform.ts'
import type { ReadImage } from './read-image.ts'

const UNKNOWN: Platform = { os: 'unknown', architecture: 'unknown' }

/** The platform an image counts as: what the index says, else what its config says. */
export function effectivePlatform(image: ReadImage): Platform {
  return image.indexPlatform ?? image.config?.platform ?? UNKNOWN
}

/** One platform row as it goes out. `shadowed`: an earlier entry of the same platform wins. */
export function imagePlatformDto(image: ReadImage, shadowed: boolean): ImagePlatformDto {
  const platform = effectivePlatform(image)
  const canonical = canonicalPlatform(platform)
  const { manifest, config } = image
  return {
    platform: platformText(platform),
    key: platformKey(platform),
    os: canonical.os,
    architecture: canonical.architecture,
    ...(canonical.variant ? { variant: canonical.variant } : {}),
    ...(canonical.osVersion ? { osVersion: canonical.osVersion } : {}),
    ...(image.indexPlatform ? { rawPlatform: rawPlatformText(image.indexPlatform) } : {}),
    digest: image.digest,
    mediaType: manifest?.mediaType ?? image.mediaType,
    ...(manifest ? { sizeBytes: compressedSizeBytes(manifest), configDigest: manifest.config.digest } : {}),
    presence: image.presence,
    ...(image.problem ? { problem: toProblem(image.problem) } : {}),
    ...(config ? { config: configDto(config, platform) } : {}),
    layers: manifest ? layerDtos(manifest, config) : [],
    history: historyDtos(config),
    annotations: { ...image.annotations },
    ...(image.nestedIn ? { nestedIn: image.nestedIn } : {}),
    ...(shadowed ? { shadowed } : {}),
  }
}

/** Layers with the history line that made each: history steps that are not empty map to layers in order. */
export function layerDtos(manifest: ImageManifest, config: ImageConfig | undefined): LayerDto[] {
  const diffIds = config?.diffIds ?? []
  const steps = (config?.history ?? []).filter((step) => !step.emptyLayer)
  return manifest.layers.map((layer, position) => {
    const step = steps.length === manifest.layers.length ? steps[position] : undefined
    const diffId = diffIds.length === manifest.layers.length ? diffIds[position] : undefined
    return {
      digest: layer.digest,
      mediaType: layer.mediaType,
      sizeBytes: layer.sizeBytes,
      ...(diffId === undefined ? {} : { diffId }),
      ...(step?.createdBy ? { createdBy: step.createdBy } : {}),
      ...(step?.created ? { created: step.created } : {}),
    }
  })
}

function historyDtos(config: ImageConfig | undefined): ImagePlatformDto['history'] {
  let layer = 0
  return (config?.history ?? []).map((step) => ({
    ...(step.createdBy ? { createdBy: step.createdBy } : {}),
    ...(step.created ? { created: step.created } : {}),
    ...(step.comment ? { comment: step.comment } : {}),
    ...(step.emptyLayer ? {} : { layer: layer++ }),
  }))
}

function configDto(config: ImageConfig, platform: Platform): ImageConfigDto {
  const own = config.platform ?? UNKNOWN
  return {
    platform: platformText(own),
    rawPlatform: rawPlatformText(own),
    agrees: platformsAgree(platform, own),
    ...(config.created ? { created: config.created } : {}),
    entrypoint: [...config.entrypoint],
    cmd: [...config.cmd],
    user: config.user,
    env: [...config.env],
    workingDir: config.workingDir,
    exposedPorts: [...config.exposedPorts],
    volumes: [...config.volumes],
    labels: { ...config.labels },
    ...(config.stopSignal ? { stopSignal: config.stopSignal } : {}),
    ...(config.healthcheck ? { healthcheck: [...config.healthcheck] } : {}),
  }
}
