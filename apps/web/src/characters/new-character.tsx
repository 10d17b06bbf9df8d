import { Editor } from './editor.tsx'

/** A character made by hand. */
export default function NewCharacter() {
  return <Editor />
}
