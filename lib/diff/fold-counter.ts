import { FOLD_CODES, type FoldCode, type Folded, type Folds } from './model.ts'

/** Which folds apply, and what they have taken so far. */
export class FoldCounter {
  private readonly folds: Folds
  private readonly counts = new Map<FoldCode, number>()

  constructor(folds: Folds) {
    this.folds = folds
  }

  has(code: FoldCode): boolean {
    return this.folds.has(code)
  }

  /** Counts one thing as folded. */
  count(code: FoldCode): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1)
  }

  /** Whether the fold applies; if so, the thing is counted. */
  fold(code: FoldCode): boolean {
    if (!this.folds.has(code)) return false
    this.count(code)
    return true
  }

  /** What was folded, in a fixed order; folds that took nothing are left out. */
  result(): readonly Folded[] {
    return FOLD_CODES.flatMap((code) => {
      const count = this.counts.get(code)
      return count === undefined ? [] : [{ code, count }]
    })
  }
}
