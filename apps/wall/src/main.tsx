import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { FailureScreen } from './failure-screen.js';
import { browserEnvironment } from './live/browser.js';
import { createClock } from './live/clock.js';
import { LiveLink } from './live/link.js';
import { WallStore } from './live/store.js';
import { WallContext } from './live/use-wall.js';
import { pixelShiftAt } from './pixel-shift.js';
import { layoutFor, rootFontPixels, SMALLEST_TEXT_REM, type Layout } from './settings/sizing.js';
import { readSettings, type SettingsStorage, type WallSettings } from './settings/settings.js';
import './styles/fonts.css';
import './styles/base.css';
import './styles/scene.css';
import './styles/panels.css';

const TICK_MS = 1000;

function storage(): SettingsStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Sets the root size for the screen and the distance, and says which layout that leaves room for. */
function applySize(settings: WallSettings): Layout {
  const widthPixels = settings.horizontalPixels ?? screen.width;
  const heightPixels = (widthPixels * screen.height) / screen.width;
  const rootPixels = rootFontPixels(
    { diagonalInches: settings.diagonalInches, widthPixels, heightPixels },
    settings.distanceMetres,
  );
  const { style } = document.documentElement;
  style.fontSize = `${rootPixels}px`;
  style.setProperty('--smallest', `${SMALLEST_TEXT_REM}rem`);
  return layoutFor(innerWidth, innerHeight, rootPixels);
}

function start(element: HTMLElement): void {
  const settings = readSettings(location.search, storage());
  const clock = createClock(() => Date.now());
  const store = new WallStore(clock);
  const root = createRoot(element);
  const render = (): void => {
    root.render(
      <FailureScreen>
        <WallContext value={store}>
          <App layout={applySize(settings)} />
        </WallContext>
      </FailureScreen>,
    );
  };
  render();
  addEventListener('resize', render);
  setInterval(() => {
    store.tick();
    const [x, y] = pixelShiftAt(clock.now());
    element.style.translate = `${x}px ${y}px`;
  }, TICK_MS);
  new LiveLink(store, browserEnvironment(settings.year)).start();
}

const element = document.getElementById('wall');
if (element) start(element);
