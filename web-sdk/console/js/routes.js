import { accountPage } from './pages/account.js';
import { applicationPage } from './pages/application.js';
import { applicationsPage } from './pages/applications.js';
import { auditPage } from './pages/audit.js';
import { companiesPage } from './pages/companies.js';
import { nodesPage } from './pages/nodes.js';
import { overviewPage } from './pages/overview.js';
import { recordingPage } from './pages/recording.js';
import { recordingsPage } from './pages/recordings.js';
import { roomPage } from './pages/room.js';
import { roomsPage } from './pages/rooms.js';
import { signaturesPage } from './pages/signatures.js';
import { usersPage } from './pages/users.js';

/** Pages by the first part of the address behind the #; each gets the other parts. @type {Record<string, (rest: string[]) => Promise<Node[]>>} */
export const routes = {
  overview: overviewPage,
  rooms: ([roomId]) => (roomId ? roomPage(roomId) : roomsPage()),
  nodes: nodesPage,
  recordings: ([recordId]) => (recordId ? recordingPage(recordId) : recordingsPage()),
  applications: ([bizName]) => (bizName ? applicationPage(bizName) : applicationsPage()),
  signatures: signaturesPage,
  users: usersPage,
  companies: companiesPage,
  audit: auditPage,
  account: accountPage,
};
