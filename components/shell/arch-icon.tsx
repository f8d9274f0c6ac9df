/** Archway's sign: two arches, one within the other. Decorative. */
export function ArchIcon({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 18 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      aria-hidden="true"
      className={className}
    >
      <path d="M2 16V9a7 7 0 0 1 14 0v7M6.5 16V9.5a2.5 2.5 0 0 1 5 0V16" />
    </svg>
  )
}
