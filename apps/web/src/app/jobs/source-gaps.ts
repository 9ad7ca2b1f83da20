import type { PullSourceSettings } from '@jiheng/contract';
import type { SourceField, SourceKind } from './pull-source-draft';

/** What a source of a kind cannot be asked without and is not written yet. */
export function settingsMissing(kind: SourceKind, { auth, query, dataSet, orgUnit }: PullSourceSettings): readonly SourceField[] {
  const asked: (readonly [boolean, SourceField, string])[] = [
    [kind === 'SQL', 'query', query], [kind === 'DHIS2', 'dataSet', dataSet], [kind === 'DHIS2', 'orgUnit', orgUnit], [auth.kind === 'BASIC', 'user', auth.kind === 'BASIC' ? auth.user : ''],
    [auth.kind === 'HEADER', 'header', auth.kind === 'HEADER' ? auth.header : ''], [auth.kind === 'OAUTH2', 'tokenUrl', auth.kind === 'OAUTH2' ? auth.tokenUrl : ''],
    [auth.kind === 'OAUTH2', 'clientId', auth.kind === 'OAUTH2' ? auth.clientId : ''],
  ];
  return asked.filter(([needed, , text]) => needed && text.trim() === '').map(([, field]) => field);
}
