import { expect, it } from 'vitest'
import { layerResult } from './layer-result.ts'

const finding = (code: string) => ({
  code,
  severity: 'error' as const,
  evidence: {},
  title: code,
  message: '',
})
const gap = (...codes: string[]) => ({ codes, platforms: [], reason: 'layer-not-read', message: 'gone' })

it('tells what reading the layers adds, and nothing twice', () => {
  const answer = {
    findings: [finding('COV-001'), finding('ELF-001'), finding('META-003')],
    checked: ['COV-001', 'META-003', 'PKG-001', 'ELF-001'],
    unjudged: [gap('SUP-001'), gap('ELF-002', 'GO-001')],
  }
  const told = layerResult(answer, ['COV-001', 'META-003'])
  expect(told.findings.map(({ code }) => code)).toEqual(['ELF-001', 'META-003'])
  expect(told.checked).toEqual(['ELF-001', 'PKG-001'])
  expect(told.unjudged).toEqual([gap('ELF-002', 'GO-001')])
})
