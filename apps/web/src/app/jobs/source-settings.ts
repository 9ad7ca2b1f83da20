import type { PullAuth, PullPaging, PullSecretName, PullSourceKind, PullSourceSettings } from '@jiheng/contract';

/** What a new source is asked with: nothing beside its place. */
export const NO_SETTINGS: PullSourceSettings = { headers: [], auth: { kind: 'NONE' }, paging: { kind: 'NONE' }, query: '', tls: false, hostKey: '', dataSet: '', orgUnit: '', sheet: '' };

/** The secrets a source has fields for, by its kind and the way it says who asks. */
export function secretNamesOf(kind: PullSourceKind, { auth }: PullSourceSettings): readonly PullSecretName[] {
  switch (kind) {
    case 'SHEET_FOLDER': return [];
    case 'SQL': return ['PASSWORD'];
    case 'SFTP_FOLDER': return ['PASSWORD', 'PRIVATE_KEY'];
    case 'HTTP_JSON':
    case 'DHIS2': return auth.kind === 'BASIC' ? ['PASSWORD'] : auth.kind === 'HEADER' ? ['TOKEN'] : auth.kind === 'OAUTH2' ? ['CLIENT_SECRET'] : [];
  }
}

/** Whether sources of a kind read files of sheets. */
export function readsSheets(kind: PullSourceKind): boolean {
  return kind === 'SHEET_FOLDER' || kind === 'SFTP_FOLDER';
}

const AUTH_KINDS: Readonly<Record<PullSourceKind, readonly PullAuth['kind'][]>> = {
  HTTP_JSON: ['NONE', 'BASIC', 'HEADER', 'OAUTH2'], DHIS2: ['NONE', 'BASIC', 'HEADER'], SQL: [], SHEET_FOLDER: [], SFTP_FOLDER: [],
};

/** Ways of saying who asks that a kind knows. */
export function authKindsOf(kind: PullSourceKind): readonly PullAuth['kind'][] {
  return AUTH_KINDS[kind];
}

/** An empty way of saying who asks, of a kind. */
export function emptyAuth(kind: PullAuth['kind']): PullAuth {
  switch (kind) {
    case 'NONE': return { kind };
    case 'BASIC': return { kind, user: '' };
    case 'HEADER': return { kind, header: 'Authorization', prefix: 'Bearer ' };
    case 'OAUTH2': return { kind, tokenUrl: '', clientId: '', scope: '' };
  }
}

/** Paging of a kind, with the names that most interfaces use. */
export function usualPaging(kind: PullPaging['kind']): PullPaging {
  switch (kind) {
    case 'NONE': return { kind };
    case 'NEXT_LINK': return { kind, path: '$.next' };
    case 'PAGE': return { kind, pageParam: 'page', sizeParam: 'pageSize', size: 100, first: 1 };
    case 'OFFSET': return { kind, offsetParam: 'offset', limitParam: 'limit', size: 100 };
  }
}

/** `Name: value` line by line; null when a line is none. */
export function readHeaders(text: string): PullSourceSettings['headers'] | null {
  const headers = text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,60})\s*:\s*([\t\x20-\x7e]*)$/u.exec(line));
  return headers.some((one) => one === null) || headers.length > 20 ? null : headers.map((one) => ({ name: one?.[1] ?? '', value: one?.[2] ?? '' }));
}

/** The headers as they are typed. */
export function sayHeaders(headers: PullSourceSettings['headers']): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
}
