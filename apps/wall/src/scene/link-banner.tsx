import { formatMinute } from '../format/times.js';
import { useWall } from '../live/use-wall.js';

/** A reconnect within this time (ms) is no news for the people in the room. */
const GRACE_MS = 6000;

/** Full width, while the link is broken; the last values stay below it. */
export function LinkBanner() {
  const since = useWall((state, now) => {
    const broken = state.link === 'broken' && now - state.linkSince >= GRACE_MS;
    return broken ? formatMinute(state.linkSince, now) : null;
  });
  const shown = useWall((state, now) => (state.heardAt === null ? null : formatMinute(state.heardAt, now)));
  if (since === null) return null;
  return (
    <p className="banner" role="status">
      <strong>Mất kết nối từ {since}</strong> – số liệu dưới đây là của {shown ?? since}, đang tự nối lại
    </p>
  );
}
