import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const nearPx = 90

/** Keeps the end in sight while it is in sight, and the reader's place when older messages come in above. */
export function useScroll(firstKey: string | null) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  const [atEnd, setAtEnd] = useState(true)
  const before = useRef<{ firstKey: string | null; height: number }>({ firstKey: null, height: 0 })

  const toEnd = useCallback(() => {
    stuck.current = true
    setAtEnd(true)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }, [])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { firstKey: was, height } = before.current
    if (was !== null && was !== firstKey && !stuck.current && (element.scrollTop < 2 || !anchors())) {
      element.scrollTop += element.scrollHeight - height
    }
    before.current = { firstKey, height: element.scrollHeight }
  })

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return
    const onScroll = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
      stuck.current = near
      setAtEnd(near)
    }
    const observer = new ResizeObserver(() => {
      if (stuck.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(inner)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])

  return { scroller, content, atEnd, toEnd }
}

const anchors = (): boolean => CSS.supports('overflow-anchor', 'auto')
