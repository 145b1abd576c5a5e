import { useWall } from './live/use-wall.js';
import { MessageScreen } from './scene/message-screen.js';
import { WallScene } from './scene/wall-scene.js';
import type { Layout } from './settings/sizing.js';

/** The scene, or a calm message while there is nothing to show. */
export function App({ layout }: { layout: Layout }) {
  const overview = useWall((state) => state.overview);
  const link = useWall((state) => state.link);
  if (overview !== null) return <WallScene overview={overview} layout={layout} />;
  if (link === 'unauthorised') {
    return (
      <MessageScreen
        title="Màn hình này chưa được phép hiển thị"
        lines={[
          'Mở lại bằng địa chỉ hiển thị do quản trị hệ thống cấp (địa chỉ này được in ra khi hệ thống khởi động).',
          'Màn hình tự thử lại, không cần đăng nhập.',
        ]}
      />
    );
  }
  return <MessageScreen title="Đang chờ dữ liệu" lines={['Màn hình tự nối lại khi hệ thống sẵn sàng.']} />;
}
