import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface WallPageOptions {
  address: string;
  width?: number;
  height?: number;
  /** Anything else of the browser: time zone, reduced motion. */
  context?: BrowserContextOptions;
  /** When the page counts as opened; "load": with all its files. */
  waitUntil?: 'load' | 'domcontentloaded';
}

/** A wall in a browser, with what its people see in the words of the wall. */
export class WallPage {
  private constructor(
    readonly page: Page,
    /** What the browser complained of: console errors, exceptions, refused content, requests to other hosts. */
    readonly complaints: string[],
  ) {}

  static async open(browser: Browser, options: WallPageOptions): Promise<WallPage> {
    const { address, width = 1920, height = 1080, context = {}, waitUntil = 'load' } = options;
    const page = await browser.newPage({ viewport: { width, height }, ...context });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(address).origin)
        complaints.push(`asked for ${request.url()}`);
    });
    await page.addInitScript(recordPictureTexts);
    await page.goto(address, { waitUntil });
    return new WallPage(page, complaints);
  }

  /** A headline panel or list by its name, for example "Nhiệm vụ" or "VIỆC ĐỎ". */
  panel(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  /** The big figure of a headline panel. */
  figure(name: string): Locator {
    return this.panel(name).locator('.figure');
  }

  /** Rows of a list that people can see. */
  rows(name: string): Locator {
    return this.panel(name).locator('li[data-shown=true]');
  }

  get banner(): Locator {
    return this.page.locator('.banner');
  }

  get linkMark(): Locator {
    return this.page.locator('.link-mark');
  }

  get ticker(): Locator {
    return this.page.locator('.ticker');
  }

  /** Waits until the wall shows data in its bundled font. */
  async ready(): Promise<void> {
    await this.page.locator('.scene').waitFor();
    await this.page.evaluate(() => document.fonts.ready);
    await this.rows('VIỆC ĐỎ').first().waitFor();
  }

  /** Waits until a text stands in a place. */
  async shows(place: Locator, text: string | RegExp): Promise<void> {
    await place.filter({ hasText: text }).first().waitFor();
  }

  /** The main picture as it stands drawn. */
  picture(): Promise<string> {
    return this.page.locator('.chart canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  /** Texts drawn in the main picture since it was last asked. */
  pictureTexts(): Promise<string[]> {
    return this.page.evaluate(() => (globalThis as unknown as PictureTexts).pictureTexts.splice(0));
  }

  /** Leaves a mark in the page that a reload would wipe out. */
  async markPage(): Promise<void> {
    await this.page.evaluate(() => {
      document.documentElement.dataset['marked'] = 'true';
    });
  }

  /** Whether the page is still the one that was marked. */
  isMarkedPage(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.dataset['marked'] === 'true');
  }
}

interface PictureTexts {
  pictureTexts: string[];
}

/** Runs in the page, before its own scripts. */
function recordPictureTexts(): void {
  const texts: string[] = ((globalThis as unknown as PictureTexts).pictureTexts = []);
  const { prototype } = CanvasRenderingContext2D;
  const draw = Object.getOwnPropertyDescriptor(prototype, 'fillText')?.value as typeof prototype.fillText;
  prototype.fillText = function record(text, ...place) {
    texts.push(text);
    draw.call(this, text, ...place);
  };
}
