import { formatDate, formatMinute, formatTime } from '../format/times.js';
import { completeUntil } from '../live/trust.js';
import { useWall } from '../live/use-wall.js';
import type { Layout } from '../settings/sizing.js';
import { Digits } from './digits.js';

/** Scene title, the clock, and up to when everything shown is complete. */
export function Header({ layout }: { layout: Layout }) {
  const time = useWall((_, now) => formatTime(now));
  const date = useWall((_, now) => formatDate(now));
  const until = useWall((state, now) => {
    const complete = completeUntil(state.completeUntil);
    return complete === null ? null : formatMinute(complete, now);
  });
  return (
    <header className="scene-head">
      {layout === 'full' ? (
        <h1>
          Điều hành chuyển đổi số <span className="province">– Khánh Hòa</span>
        </h1>
      ) : (
        <h1>Khánh Hòa</h1>
      )}
      <p className="clock">
        <strong>
          <Digits text={time} />
        </strong>{' '}
        {layout !== 'focus' && <Digits text={`· ${date} `} />}
        <span className="data-until">
          <Digits text={`· dữ liệu đến ${until ?? 'chưa rõ'}`} />
        </span>
      </p>
    </header>
  );
}
