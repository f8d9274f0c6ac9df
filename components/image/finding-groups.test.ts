import { expect, test } from 'vitest'
import type { FindingDto } from '#lib/api/parts.ts'
import { findingGroups } from './finding-groups.ts'

const finding = (code: string, severity: FindingDto['severity'], message: string): FindingDto => ({
  code,
  severity,
  evidence: {},
  title: `Title of ${code}`,
  message,
})

test('findings of one check stand together, errors first, nothing lost', () => {
  const groups = findingGroups([
    finding('COV-005', 'warning', 'a'),
    finding('INFO-1', 'info', 'b'),
    finding('META-001', 'error', 'c'),
    finding('COV-005', 'warning', 'd'),
  ])
  expect(groups.map((group) => [group.code, group.findings.map((one) => one.message).join('')])).toEqual([
    ['META-001', 'c'],
    ['COV-005', 'ad'],
    ['INFO-1', 'b'],
  ])
})

test('no findings, no groups', () => {
  expect(findingGroups([])).toEqual([])
})
