import type { RecentChange } from '#libs/contracts';
import { formatMoment, instantOf } from '../format/times.js';
import { formatChange } from '../format/words.js';
import { useWall } from '../live/use-wall.js';
import type { LinkState } from '../live/store.js';
import { useNewcomers } from './changing.js';
import { Mark } from './marks.js';

/** As many as could ever stand on one line. */
const MOST_CHANGES = 3;

/** The last line: what just changed, and whether the link is up. */
export function Ticker({ recent }: { recent: readonly RecentChange[] }) {
  const shown = recent.slice(0, MOST_CHANGES);
  const newcomers = useNewcomers(shown.map(keyOf));
  return (
    <footer className="ticker">
      <p className="quiet">Vừa thay đổi</p>
      <p className="changes">
        {shown.length === 0 && <span>chưa có thay đổi nào</span>}
        {shown.map((change) => (
          <Change key={keyOf(change)} change={change} entering={newcomers.has(keyOf(change))} />
        ))}
      </p>
      <LinkMark />
    </footer>
  );
}

function Change({ change, entering }: { change: RecentChange; entering: boolean }) {
  const time = useWall((_, now) => {
    const instant = instantOf(change.time);
    return instant === null ? '' : formatMoment(instant, now);
  });
  return (
    <span className="change" data-changed={entering || undefined}>
      <strong>{time}</strong> {formatChange(change)}: {change.title}
    </span>
  );
}

const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  waiting: 'đang nối',
  online: 'trực tuyến',
  broken: 'mất kết nối',
  unauthorised: 'chưa được phép',
};

function LinkMark() {
  const link = useWall((state) => state.link);
  const online = link === 'online';
  return (
    <p className={`link-mark ${online ? 'on-track' : 'attention'}`}>
      <Mark shape={online ? 'dot' : 'ring'} /> {LINK_WORDS[link]}
    </p>
  );
}

function keyOf(change: RecentChange): string {
  return `${change.aggregateId}/${change.type}/${change.time}`;
}
