import type { RunImageName } from '#e2e/lab/run-images/run-image.ts'
import type { RunProfile } from '#lib/report/run-profile.ts'

/** What comes of a job: verdict, reason of its ending and codes of its findings; and the sentence that people read. */
export interface CaseOutcome {
  readonly told: string
  readonly text: string
}

/** An image, what is asked of it, and what has to come of it natively and under emulation. */
export interface VerdictCase {
  readonly says: string
  readonly image: RunImageName
  readonly profile?: RunProfile
  readonly native: CaseOutcome
  readonly emulated: CaseOutcome
  /** What it has to have written. */
  readonly output?: string
  /** How often it was tried under emulation; once when absent. */
  readonly attempts?: number
}

const AS_EXPECTED = 'Ran to its end with exit code 0, as expected.'
/** As findings name a binary of each. */
export const AMD64 = 'ELF x86-64, 64-bit, little-endian'
/** As findings name one of the other. */
export const POWER = 'ELF PowerPC, 64-bit, little-endian, ELFv2'

/** It ran to its end. */
export const passed: CaseOutcome = { told: 'passed as-expected', text: AS_EXPECTED }
/** A job that failed, by what is told of it. */
export const failed = (told: string, text: string): CaseOutcome => ({ told: `failed ${told}`, text })
/** One that nobody can judge. */
export const inconclusive = (told: string, text: string): CaseOutcome => ({
  told: `inconclusive ${told}`,
  text,
})
/** The image's fault natively; under emulation nobody knows whose. */
export const blamed = (reason: string, text: string) => ({
  native: failed(`${reason} RUN-001`, text),
  emulated: inconclusive(reason, text),
})
/** The same on both. */
export const both = (outcome: CaseOutcome) => ({ native: outcome, emulated: outcome })
