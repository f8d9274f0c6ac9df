import { BADGE_FILLS } from '../badge.ts'
import { textWidthPx } from './text-width.ts'
import { visibleLine } from './visible-text.ts'
import { xmlElement, xmlText } from './xml.ts'

/** What a badge shows. Every text may be anything. */
export interface BadgeFace {
  readonly label: string
  readonly message: string
  /** Of the message’s half, by its name at shields.io; another one is grey. */
  readonly color: string
  /** For people who point at it, and who hear it. */
  readonly title: string
}

const HEIGHT_PX = 20
const FONT_PX = 11
const PADDING_PX = 6
const BASELINE_PX = 14
const LABEL_FILL = '#33312d'
/** Longer texts are cut: a badge stands in a line of text. */
const MAX_LENGTH = 60

/** A badge as SVG 1.1: two halves, white on their colours. It loads nothing and holds no script, style or link. */
export function renderBadge({ label, message, color, title }: BadgeFace): string {
  const halves = [label, message].map((text) => visibleLine(text, MAX_LENGTH))
  const [left = '', right = ''] = halves
  const [leftText, rightText] = [textWidthPx(left, FONT_PX), textWidthPx(right, FONT_PX)]
  const [leftWidth, rightWidth] = [leftText + 2 * PADDING_PX, rightText + 2 * PADDING_PX]
  const width = leftWidth + rightWidth
  const fill = new Map<string, string>(Object.entries(BADGE_FILLS)).get(color) ?? BADGE_FILLS.lightgrey
  const rect = (x: number, wide: number, paint: string) =>
    xmlElement('rect', { x, width: wide, height: HEIGHT_PX, fill: paint })
  const word = (x: number, long: number, text: string) =>
    xmlElement('text', { x, y: BASELINE_PX, textLength: long, lengthAdjust: 'spacingAndGlyphs' }, [
      xmlText(text),
    ])
  return `${xmlElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: HEIGHT_PX,
      viewBox: `0 0 ${width} ${HEIGHT_PX}`,
      role: 'img',
      'aria-label': `${left}: ${right}`,
    },
    [
      xmlElement('title', {}, [xmlText(visibleLine(title))]),
      xmlElement('clipPath', { id: 'r' }, [xmlElement('rect', { width, height: HEIGHT_PX, rx: 3 })]),
      xmlElement('g', { 'clip-path': 'url(#r)' }, [
        rect(0, leftWidth, LABEL_FILL),
        rect(leftWidth, rightWidth, fill),
      ]),
      xmlElement(
        'g',
        { fill: '#fff', 'font-family': 'Verdana,DejaVu Sans,Geneva,sans-serif', 'font-size': FONT_PX },
        [word(PADDING_PX, leftText, left), word(leftWidth + PADDING_PX, rightText, right)],
      ),
    ],
  )}\n`
}
