import type { Page } from 'playwright-core';

/** A piece of text as it stands on the wall. */
export interface StandingText {
  text: string;
  fontPixels: number;
  fontFamily: string;
  lineHeightRatio: number;
  weight: number;
  /** Contrast of the letters with the ground they really stand on. */
  contrast: number;
  /** Whether it stands whole on the screen, and its letters are not cut by a box without an ellipsis. */
  whole: boolean;
}

/** Every visible text of the page, measured where it stands. */
export function standingTexts(page: Page): Promise<StandingText[]> {
  return page.evaluate(() => {
    const luminance = (colour: string): number => {
      const parts = (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? '0,0,0').split(/[ ,/]+/).map(Number);
      const [red = 0, green = 0, blue = 0] = parts.map((part) => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrastOf = (one: string, other: string): number => {
      const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
      return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    };
    const transparent = (colour: string): boolean => colour === 'transparent' || /, 0\)$/.test(colour);
    const groundOf = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!transparent(backgroundColor)) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const hidden = (element: Element): boolean =>
      element.closest('.unseen') !== null || getComputedStyle(element).visibility === 'hidden';
    const within = (
      inner: DOMRect,
      outer: { left: number; top: number; right: number; bottom: number },
    ): boolean => {
      // A digit may be wider than its column by its own side bearing.
      const tolerance = 0.05 * inner.height;
      return (
        inner.left >= outer.left - tolerance &&
        inner.top >= outer.top - tolerance &&
        inner.right <= outer.right + tolerance &&
        inner.bottom <= outer.bottom + tolerance
      );
    };
    /** What stands there: the text itself, or the box that ends it with an ellipsis. */
    const boxOf = (range: Range, element: Element): DOMRect => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(at);
        const cutsPolitely = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        if (overflowX === 'hidden' && cutsPolitely) return at.getBoundingClientRect();
      }
      return range.getBoundingClientRect();
    };
    const isWhole = (range: Range, element: Element): boolean => {
      const box = boxOf(range, element);
      const panel = element.closest('.panel')?.getBoundingClientRect();
      const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      return within(box, screen) && (panel === undefined || within(box, panel));
    };
    const found: StandingText[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!element || text === '' || hidden(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      // A change that found no room on the ticker's one line has wrapped out of sight.
      const line = element.closest('.changes')?.getBoundingClientRect();
      if (line && range.getBoundingClientRect().top >= line.bottom - 1) continue;
      const style = getComputedStyle(element);
      const fontPixels = Number.parseFloat(style.fontSize);
      const inverted = element.closest('[data-changed] > span') !== null;
      found.push({
        text,
        fontPixels,
        fontFamily: style.fontFamily,
        lineHeightRatio: inverted ? 1.25 : Number.parseFloat(style.lineHeight) / fontPixels,
        weight: Number(style.fontWeight),
        contrast: contrastOf(style.color, groundOf(element)),
        whole: isWhole(range, element),
      });
    }
    return found;
  });
}

/** Whether anything of the page can be scrolled by a reader. */
export function scrollable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('*')]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const offers = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
        const wide = element.scrollWidth > element.clientWidth + 1;
        const high = element.scrollHeight > element.clientHeight + 1;
        if (element === document.documentElement) return overflowY !== 'hidden' && (wide || high);
        return (offers(overflowX) && wide) || (offers(overflowY) && high);
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
}
