import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/**
 * How many of a list's children fit whole into its height. The list clips; those that do not fit stay laid out but
 * must be made invisible by the caller, so that they can be measured again when the room changes.
 *
 * @param content anything that changes when the children's text does
 */
export function useFitting<T extends HTMLElement>(content: string): [RefObject<T | null>, number] {
  const list = useRef<T>(null);
  const [fitting, setFitting] = useState(0);

  useLayoutEffect(() => {
    if (list.current) setFitting(countFitting(list.current));
  }, [content]);

  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const measure = (): void => {
      setFitting(countFitting(element));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    void document.fonts.ready.then(measure);
    return () => {
      observer.disconnect();
    };
  }, []);

  return [list, fitting];
}

function countFitting(list: HTMLElement): number {
  const floor = list.getBoundingClientRect().bottom + 0.5;
  const children = [...list.children];
  const cut = children.findIndex((child) => child.getBoundingClientRect().bottom > floor);
  return cut === -1 ? children.length : cut;
}
