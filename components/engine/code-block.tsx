import { CopyButton } from '#components/ui/copy-button.tsx'

/** A piece of a file, to copy whole. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative rounded-control bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0} className="mono overflow-x-auto py-2 pr-10 pl-3 leading-[1.5]">
        {text}
      </pre>
      <CopyButton
        text={text}
        label={`Copy ${what}`}
        className="absolute top-1 right-1 bg-sunken hover:bg-line"
      />
    </div>
  )
}
