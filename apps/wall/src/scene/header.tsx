import { formatDate, formatTime } from '../format/times.js';
import { completeUntil } from '../live/trust.js';
import { useWall } from '../live/use-wall.js';

/** Scene title, the clock, and up to when everything shown is complete. */
export function Header() {
  const time = useWall((_, now) => formatTime(now));
  const date = useWall((_, now) => formatDate(now));
  const until = useWall((state) => {
    const complete = completeUntil(state.completeUntil);
    return complete === null ? null : formatTime(complete);
  });
  return (
    <header className="scene-head">
      <h1>
        Điều hành chuyển đổi số <span className="province">– Khánh Hòa</span>
      </h1>
      <p className="clock">
        <strong>{time}</strong> · {date}
        <span className="data-until"> · dữ liệu đến {until ?? 'chưa rõ'}</span>
      </p>
    </header>
  );
}
