import { visibleText } from './visible-text.ts'

/** A value as JSON in which every text is visible: readers put it on terminals and pages as it is. */
export function jsonDocument(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'string' ? visibleText(item) : item), indent)
}
