import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../deploy/embedded/chromium.js';

/** A headless browser that talks to nobody but the page under test. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium on the PATH. Install it: apt-get install chromium');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
