import type { ParleyPage } from './automation.js';

declare global {
  interface Window {
    /** For tests: the session, the room and what is measured. */
    parley: ParleyPage;
  }
}
