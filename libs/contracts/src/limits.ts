/** The limits at each door (design.md section 7). Over one of them: a clear error that names it. */
export const limits = {
  /** One WebSocket frame, in bytes. */
  frameBytes: 256 * 1024,
  /** One message's text, in Unicode code points. */
  messageCodePoints: 32_000,
  /** One page of a list. */
  pageRows: 100,
  pageBytes: 512 * 1024,
  /** One message on either bus, in bytes. */
  busBytes: 1024 * 1024,
  /** What a socket may owe its reader before it is closed with 4408, in bytes. */
  backlogBytes: 1024 * 1024,
  titleCodePoints: 200,
  tagCodePoints: 64,
  tags: 32,
  attachments: 10,
} as const
