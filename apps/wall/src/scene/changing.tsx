import { useEffect, useRef, useState } from 'react';
import { Digits } from './digits.js';

/** How long a change stays marked, ms. */
const MARKED_MS = 4000;

/** A text that is marked for four seconds when it becomes another one: its colours change places. */
export function Changing({ text }: { text: string }) {
  const marked = useRecentlyChanged(text);
  return (
    <span className="changing" data-changed={marked || undefined}>
      <span>
        <Digits text={text} />
      </span>
    </span>
  );
}

/** True for four seconds after the value became another one; not at first sight. */
export function useRecentlyChanged(value: string): boolean {
  const [marked, setMarked] = useState(false);
  const previous = useRef(value);
  useEffect(() => {
    if (previous.current === value) return undefined;
    previous.current = value;
    setMarked(true);
    const timer = setTimeout(() => {
      setMarked(false);
    }, MARKED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return marked;
}

/** Which of the ids were not there a moment ago; empty at first sight, and again after four seconds. */
export function useNewcomers(ids: readonly string[]): ReadonlySet<string> {
  const [newcomers, setNewcomers] = useState<ReadonlySet<string>>(new Set());
  const known = useRef<ReadonlySet<string> | null>(null);
  const key = ids.join(' ');
  useEffect(() => {
    const present = new Set(key.split(' '));
    const before = known.current;
    known.current = present;
    if (before === null) return undefined;
    const arrived = new Set([...present].filter((id) => !before.has(id)));
    if (arrived.size === 0) return undefined;
    setNewcomers(arrived);
    const timer = setTimeout(() => {
      setNewcomers(new Set());
    }, MARKED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [key]);
  return newcomers;
}
