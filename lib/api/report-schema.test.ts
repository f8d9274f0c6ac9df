import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { describeReport } from '#lib/report/describe-report.ts'
import { SAMPLE_NAMES, SAMPLE_REPORTS } from '#lib/report/testing/sample-reports.ts'
import { reportJsonSchema } from './report-schema.ts'

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
addFormats.default(ajv)
const isValid = ajv.compile(reportJsonSchema())
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))
const passed = asJson(describeReport(SAMPLE_REPORTS.passed))

describe('the published schema of reports', () => {
  it.each(SAMPLE_NAMES)('a validator that is not ours takes what we publish: %s', (name) => {
    const valid = isValid(asJson(describeReport(SAMPLE_REPORTS[name])))
    expect(isValid.errors).toBeNull()
    expect(valid).toBe(true)
  })
  it.each([
    ['a version that is none', { ...passed, version: 2 }],
    ['a verdict that is none', { ...passed, verdict: 'green' }],
    ['no digest', { ...passed, digest: undefined }],
    ['a time that is none', { ...passed, startedAt: 'yesterday' }],
  ])('it refuses %s', (_, value) => expect(isValid(asJson(value))).toBe(false))
  it('a field of a later Archway is no error', () =>
    expect(isValid({ ...passed, later: 1, profile: { later: 1 } })).toBe(true))
})
