import { Component, type ReactNode } from 'react';
import { MessageScreen } from './scene/message-screen.js';

/** Long enough that a fault which comes back at once does not make the screen flicker. */
const RELOAD_AFTER_MS = 30_000;

/** Catches what the wall itself gets wrong: a calm message, then a fresh start. Nobody stands by to press a key. */
export class FailureScreen extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => {
      location.reload();
    }, RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <MessageScreen title="Màn hình gặp sự cố hiển thị" lines={['Màn hình sẽ tự tải lại sau ít giây.']} />
    );
  }
}
