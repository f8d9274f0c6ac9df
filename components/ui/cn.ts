import { type ClassValue, clsx } from 'clsx'

/**
 * Joins class names, falsy ones left out. It does not resolve conflicts between utilities (that table costs every
 * page 9 kB): a primitive's `className` adds placement, never overrides its look.
 */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes)
}
