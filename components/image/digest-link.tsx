import Link from 'next/link'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { imagePath } from '#lib/client/page-paths.ts'
import { shortDigest } from '#lib/oci/digest.ts'

interface DigestLinkProps {
  readonly repository: string
  readonly digest: string
  /** What the digest belongs to, for the names of link and button. */
  readonly of: string
}

/** A digest that leads to a page of its own, shortened in the middle, copyable whole. */
export function DigestLink({ repository, digest, of }: DigestLinkProps) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <Link
        href={imagePath(`${repository}@${digest}`)}
        prefetch={false}
        title={digest}
        className="mono whitespace-nowrap text-accent hover:underline"
      >
        <span className="sr-only">Open {of}, </span>
        {digest.slice(0, digest.indexOf(':') + 1)}
        {shortDigest(digest)}
      </Link>
      <CopyButton text={digest} label={`Copy digest of ${of}`} />
    </span>
  )
}
