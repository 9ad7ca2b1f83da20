import type { PullAuth } from '@jiheng/contract';
import type { Problem } from '../api/problem';
import type { SourceField } from './pull-source-draft';

/** Refusals of the server by the field that they are about. */
const PLACES: Readonly<Record<string, SourceField>> = {
  'pull.name-taken': 'name', 'pull.place-forbidden': 'place', 'pull.place-malformed': 'place', 'pull.place-scheme': 'place', 'pull.mark-unknown': 'place', 'pull.led-elsewhere': 'place', 'pull.source-away': 'place', 'pull.not-allowed': 'place', 'pull.not-there': 'place', 'pull.not-there-sought': 'place',
  'pull.host-not-listed': 'place', 'pull.address-forbidden': 'place', 'pull.place-has-credentials': 'place', 'pull.asked-wrongly': 'place', 'pull.too-many-rows': 'place',
  'pull.password-wanted': 'secret', 'pull.no-tls-there': 'place', 'pull.other-server-there': 'place', 'pull.column-absent': 'query', 'pull.other-period': 'place', 'pull.file-unsettled': 'place', 'pull.file-not-readable': 'place',
  'pull.no-sheets-there': 'place', 'pull.sheet-unreadable': 'place', 'pull.sheet-empty': 'place', 'pull.sheet-without-columns': 'place', 'pull.sheet-column-twice': 'place', 'pull.sheet-column-merged': 'place', 'pull.sheets-alike': 'sheet', 'pull.sheet-not-there': 'sheet', 'pull.sheet-line-torn': 'place',
  'pull.folder-not-own': 'place', 'pull.unit-code-no-folder': 'place', 'pull.too-many-files': 'place', 'pull.sheet-swollen': 'place',
  'pull.header-reserved': 'headers', 'pull.header-unsendable': 'secret', 'pull.too-many-pages': 'paging', 'pull.paging-stuck': 'paging', 'pull.token-refused': 'secret', 'pull.secret-missing': 'secret', 'pull.secret-again': 'secret',
  'pull.secret-unreadable': 'secret', 'pull.no-secret-key': 'secret', 'pull.sql-malformed': 'query', 'pull.sql-not-select': 'query', 'pull.sql-parameter-unknown': 'query', 'pull.query-failed': 'query',
  'pull.query-too-slow': 'query', 'pull.host-key-unknown': 'hostKey', 'pull.host-key-changed': 'hostKey', 'pull.too-large': 'place', 'pull.answer-too-slow': 'place', 'pull.answer-too-heavy': 'place', 'pull.unreadable-body': 'rowsPath',
  'pull.answer-too-slow-tried': 'place', 'pull.answer-too-heavy-tried': 'place', 'pull.unreadable-body-tried': 'rowsPath', 'pull.nothing-found': 'rowsPath', 'pull.rows-path-unreadable': 'rowsPath', 'pull.next-path-unreadable': 'nextPath', 'pull.sheet-mark-unknown': 'sheet',
  'pull.path-unreadable': 'mappings', 'pull.unit-unknown': 'mappings', 'pull.unit-other-kind': 'mappings', 'pull.indicator-unknown': 'mappings', 'pull.indicator-twice': 'mappings',
};
const CREDENTIALS = /^[a-z]+:\/\/[^/?#]*:[^/?#]*@/iu;

/** The field that a refusal is about; null when it is about none. One about an address stands at the address it names: a source that asks for a token first has two. */
export function fieldOfRefusal(problem: Problem, place: string, auth: PullAuth): SourceField | null {
  const field = PLACES[problem.code] ?? null;
  if (field !== 'place' || auth.kind !== 'OAUTH2') return field;
  if (problem.code === 'pull.place-has-credentials') return CREDENTIALS.test(auth.tokenUrl) && !CREDENTIALS.test(place) ? 'tokenUrl' : field;
  const { entry, host, place: written, cause } = problem.params;
  const names = (url: string): boolean => {
    if (written !== undefined) return url.trim().startsWith(written.replace(/\?…$/u, ''));
    const own = hostOf(url);
    if (own === null) return false;
    // `host:port`, or `name=address` where a name led to an address.
    if (entry !== undefined || host !== undefined) return (entry ?? host)?.split('=')[0] === own;
    return cause?.includes(`(${own}`) === true;
  };
  return names(auth.tokenUrl) && !names(place) ? 'tokenUrl' : field;
}

function hostOf(url: string): string | null {
  return URL.canParse(url.trim()) ? new URL(url.trim()).host : null;
}
