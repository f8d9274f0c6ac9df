import 'server-only'
import type { ProfileChoice } from '#components/validate/profile-field.tsx'
import { getContext } from '#lib/server/context.ts'
import { listProfiles } from '#lib/service/list-profiles.ts'

/** The profiles that a run of this image may take. */
export async function loadProfiles(reference: string): Promise<readonly ProfileChoice[]> {
  return listProfiles(await getContext(), reference)
}
