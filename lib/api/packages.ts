import { z } from 'zod'
import { contentsBase, contentsQuery, wholeLayers } from './image-contents.ts'

/** Query of `GET /api/v1/images/packages`. */
export const packagesQuery = contentsQuery.extend({ whole: wholeLayers })

const packageType = z.enum(['dpkg', 'apk', 'rpm', 'python', 'npm', 'go'])

/** One installed package. */
export const packageDto = z.object({
  type: packageType,
  name: z.string(),
  version: z.string(),
  architecture: z.string().optional().describe('in the package manager’s words: ppc64el, noarch'),
  source: z.string().optional().describe('the source package, where it has another name'),
  path: z.string().describe('the database or binary that says so'),
  layer: z.number().int(),
})

/** A file that says what is installed. */
export const databaseDto = z.object({
  type: packageType,
  path: z.string(),
  layer: z.number().int(),
  packages: z.number().int(),
  problem: z
    .object({
      code: z.enum(['database_broken', 'database_format', 'database_too_large']),
      message: z.string(),
    })
    .optional(),
})

/** Answer of `GET /api/v1/images/packages`: by type, name and version. */
export const packagesResponse = contentsBase.extend({
  packages: z.array(packageDto),
  databases: z.array(databaseDto),
})
export type PackagesResponse = z.infer<typeof packagesResponse>
