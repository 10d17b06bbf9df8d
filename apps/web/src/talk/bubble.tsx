/** What the person said: their words as they typed them. */
export function Bubble({ text }: { text: string }) {
  return (
    <div className="flex justify-end">
      <div
        dir="auto"
        className="max-w-[85%] rounded-[1.35rem] rounded-br-md bg-bubble px-4 py-2.5 text-[0.97rem] leading-relaxed wrap-anywhere whitespace-pre-wrap"
      >
        {text}
      </div>
    </div>
  )
}
