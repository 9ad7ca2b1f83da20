import { type Result, refuse } from '@jiheng/domain';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft } from '../../source-connector';
import type { HttpJsonConnector } from '../http-json/http-json.connector';

/** Where the values of a data exchange stand, whatever path the form once had for another kind. */
const VALUES = '$.dataValues[*]';

/** 取数 from a DHIS2 (or anything that speaks its data exchange): `dataValueSets` of one data set and organisation unit. A preset of {@link HttpJsonConnector}. */
export class Dhis2Connector implements SourceConnector {
  constructor(private readonly http: HttpJsonConnector) {}

  check(source: SourceDraft): Result<void> {
    const { dataSet, orgUnit, auth } = source.settings;
    if (dataSet === '') return refuse('pull.field-needed', { field: '数据集编号', fieldEn: 'identifier of the data set' });
    if (orgUnit === '') return refuse('pull.field-needed', { field: '机构编号', fieldEn: 'identifier of the organisation unit' });
    if (auth.kind === 'OAUTH2') return refuse('pull.field-needed', { field: '用户名和密码，或个人访问令牌', fieldEn: 'user and password, or a personal access token' });
    return this.http.check(asHttp(source));
  }

  needs(source: SourceDraft): SecretNeeds {
    return this.http.needs(asHttp(source));
  }

  fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    return this.http.read({ ...source, ...asHttp(source) }, period, { rowsPath: VALUES, paths: [], shape: { kind: 'DATA_VALUES', period: `${period.fiscalYear}Q${period.ordinal}`, orgUnit: source.settings.orgUnit }, listMayBeAbsent: true });
  }
}

function asHttp<T extends SourceDraft>(source: T): T {
  const { dataSet, orgUnit, auth } = source.settings;
  const query = `dataSet=${encodeURIComponent(dataSet)}&orgUnit=${encodeURIComponent(orgUnit)}&period={period}`;
  return {
    ...source, place: `${source.place.replace(/[/?#]+$/u, '')}/api/dataValueSets.json?${query}`, rowsPath: VALUES, keyField: 'dataElement', valueField: 'value',
    // A personal access token goes as `Authorization: ApiToken …`.
    settings: { ...source.settings, headers: [], paging: { kind: 'NONE' }, auth: auth.kind === 'HEADER' ? { kind: 'HEADER', header: 'Authorization', prefix: 'ApiToken ' } : auth },
  };
}
