/** An event that no further try can make readable: its listener fails with this, and it is a dead letter at once. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
