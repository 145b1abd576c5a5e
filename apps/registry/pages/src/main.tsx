import { createRoot } from 'react-dom/client';
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import { App } from './app.js';
import { Session } from './session/session.js';
import { SessionContext } from './session/use-session.js';
import './styles/base.css';
import './styles/search.css';
import './styles/record.css';

const element = document.getElementById('pages');
if (element) {
  const session = new Session();
  createRoot(element).render(
    <SessionContext value={session}>
      <App />
    </SessionContext>,
  );
  void session.start();
}
