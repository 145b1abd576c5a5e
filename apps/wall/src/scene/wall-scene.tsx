import type { Overview } from '#libs/contracts';
import type { Layout } from '../settings/sizing.js';
import { AgencyChart } from './agency-chart.js';
import { Header } from './header.js';
import { Headlines } from './headlines.js';
import { LinkBanner } from './link-banner.js';
import { NextDueList, RedList } from './task-lists.js';
import { Ticker } from './ticker.js';

/** Everything the wall shows, in the order in which it is asked: red first. */
export function WallScene({ overview, layout }: { overview: Overview; layout: Layout }) {
  return (
    <main className="scene" data-layout={layout}>
      <Header layout={layout} />
      <LinkBanner />
      {layout !== 'focus' && <Headlines overview={overview} layout={layout} />}
      <div className="body">
        <RedList tasks={overview.tasks} layout={layout} />
        {layout === 'full' && <AgencyChart tasks={overview.tasks} />}
        {layout === 'full' && <NextDueList tasks={overview.tasks} />}
      </div>
      {layout !== 'focus' && <Ticker recent={overview.recent} />}
    </main>
  );
}
