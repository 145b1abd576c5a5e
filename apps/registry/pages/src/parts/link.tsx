import type { MouseEvent, ReactNode } from 'react';
import { goTo } from '../address.js';

interface LinkProps {
  to: string;
  className?: string;
  label?: string;
  children: ReactNode;
}

/** A link within these pages. It is followed without loading the page anew, and opens in another tab like other links. */
export function Link({ to, className, label, children }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} className={className} aria-label={label} onClick={follow}>
      {children}
    </a>
  );
}
