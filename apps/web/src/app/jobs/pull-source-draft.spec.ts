import type { PullSourceView, PullTrial } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { readKept } from './kept-source-draft';
import { PullSourceDraft, type SourceFormGateway } from './pull-source-draft';
import { NO_SETTINGS, readHeaders } from './source-settings';

const INSURED = { key: 'KZ-U6', name: '城乡居民养老保险参保人数达到', tableTitle: '单位整体', unit: '万人' };
const PLAIN = { formula: '', numeratorField: '', denominatorField: '' };
const trial: PullTrial = { rows: [{ key: 'urban-rural-pension', verbatim: '264000' }], rowCount: 1, mapped: [{ indicatorKey: 'KZ-U6', verbatim: '264000', reading: '26.4万人', problemZh: null, problemEn: null }] };
const stored = {
  id: 's1', revision: 4, unitId: 'u1', name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', rowsPath: '$.data[*]', keyField: 'code', valueField: 'n', settings: NO_SETTINGS, secrets: [{ name: 'PASSWORD', setAt: '2025-01-09T02:00:00.000Z' }],
  mappings: [{ indicatorKey: 'KZ-U6', field: 'pension', unit: '人', tableTitle: '单位整体', indicatorName: '旧名', ...PLAIN }, { indicatorKey: 'OLD-1', field: 'old', unit: '', tableTitle: '往年项目', indicatorName: '往年指标', ...PLAIN }],
} as unknown as PullSourceView;
const sent: [string, unknown][] = [];
const gateway = (more: Partial<SourceFormGateway> = {}): SourceFormGateway => ({
  create: (body) => { sent.push(['create', body]); return Promise.resolve(answered(stored)); },
  change: (id, body) => { sent.push([`change ${id}`, body]); return Promise.resolve(answered(stored)); },
  try: (body) => { sent.push(['try', body]); return Promise.resolve(answered(trial)); },
  indicators: () => Promise.resolve(answered([INSURED])), ...more,
});
beforeEach(() => { sent.length = 0; });

describe('a new source under the pen', () => {
  const filled = async (more: Partial<SourceFormGateway> = {}) => {
    const draft = new PullSourceDraft(gateway(more), null, 'u1');
    await draft.readIndicators();
    draft.name.set(' 社保核心系统 ');
    draft.place.set('http://10.1.2.3/api');
    draft.map('KZ-U6', { field: 'urban-rural-pension' });
    draft.map('KZ-U6', { unit: '人' });
    return draft;
  };

  it('says what is missing at each field, and sends nothing', async () => {
    const draft = new PullSourceDraft(gateway(), null, 'u1');
    expect(draft.gaps().size).toBe(0);
    expect(await draft.save()).toBeNull();
    expect([[...draft.gaps().keys()], sent]).toEqual([['name', 'place', 'mappings'], []]);
  });
  it('is tried without being mapped: the keys of the source have to be seen first', async () => {
    const draft = await filled();
    draft.map('KZ-U6', { field: '' });
    await draft.try('q4');
    expect(sent).toEqual([['try', expect.objectContaining({ mappings: [], periodId: 'q4' })]]);
    expect(draft.trial()?.rows[0]?.verbatim).toBe('264000');
  });
  it('shows beside the row what it would make of the value', async () => {
    const draft = await filled();
    await draft.try('q4');
    expect(draft.readings().get('KZ-U6')?.reading).toBe('26.4万人');
  });
  it('goes out trimmed, with the rows that have a key', async () => {
    const draft = await filled();
    draft.map('KZ-U5', { unit: '人' });
    await draft.save();
    expect(sent).toEqual([['create', {
      unitId: 'u1', name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', rowsPath: '$.rows[*]', keyField: 'key', valueField: 'value',
      mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }], settings: NO_SETTINGS, secrets: {},
    }]]);
  });
  it.each([['pull.place-forbidden', 'place'], ['pull.folder-not-own', 'place'], ['pull.too-many-files', 'place'], ['pull.name-taken', 'name'], ['pull.unreadable-body', 'rowsPath'], ['house.not-allowed', null]] as const)('puts the refusal %s at %s and keeps what was typed', async (code, field) => {
    const draft = await filled({ create: () => Promise.resolve(refused(aRefusal(code))) });
    expect(await draft.save()).toBeNull();
    expect([draft.problemField(), draft.place()]).toEqual([field, 'http://10.1.2.3/api']);
  });
  it('takes the usual column names of sheets, unless others were written', () => {
    const draft = new PullSourceDraft(gateway(), null, 'u1');
    draft.keyField.set('编号');
    draft.chooseKind('SHEET_FOLDER');
    expect([draft.keyField(), draft.valueField()]).toEqual(['编号', '数值']);
  });
});

describe('the unit of a new source', () => {
  const rows = { u1: [INSURED, { ...INSURED, key: 'KZ-U5' }], u2: [INSURED] } as Record<string, (typeof INSURED)[]>;
  it('may be another one and back: what fits stays, and what was written for the first stands there again', async () => {
    const draft = new PullSourceDraft(gateway({ indicators: (unitId) => Promise.resolve(answered(rows[unitId] ?? [])) }), null, 'u1');
    await draft.readIndicators();
    draft.map('KZ-U6', { field: 'pension', unit: '人' });
    draft.map('KZ-U5', { field: 'unemployment' });
    await draft.chooseUnit('u2');
    expect(draft.mappings()).toEqual([{ indicatorKey: 'KZ-U6', field: 'pension', unit: '人' }]);
    draft.map('KZ-U6', { field: 'other' });
    await draft.chooseUnit('u1');
    expect(draft.mappings().map(({ indicatorKey, field }) => [indicatorKey, field])).toEqual([['KZ-U6', 'pension'], ['KZ-U5', 'unemployment']]);
    await draft.chooseUnit('u2');
    expect(draft.mappings().map(({ field }) => field)).toEqual(['other']);
  });
  it('loses nothing that was mapped when its rows cannot be read', async () => {
    let away = false;
    const draft = new PullSourceDraft(gateway({ indicators: () => Promise.resolve(away ? refused(aRefusal('web.unreachable', 0)) : answered([INSURED])) }), null, 'u1');
    await draft.readIndicators();
    draft.map('KZ-U6', { field: 'pension' });
    away = true;
    await draft.chooseUnit('u2');
    expect(draft.mappings()).toHaveLength(1);
  });
  it('has to be chosen before anything is sent', async () => {
    const draft = new PullSourceDraft(gateway(), null, '');
    draft.name.set('x');
    draft.place.set('y');
    await draft.try('q4');
    expect([[...draft.gaps().keys()], sent]).toEqual([['unit'], []]);
  });
});

describe('a refusal about one of two addresses', () => {
  const PLACE = 'http://127.0.0.1:4010/insured';
  it.each([
    ['pull.host-not-listed', { host: 'auth.example', entry: 'auth.example' }, 'tokenUrl'], ['pull.host-not-listed', { host: '127.0.0.1', entry: '127.0.0.1:4010' }, 'place'],
    ['pull.address-forbidden', { host: 'auth.example', address: '169.254.169.254', entry: 'auth.example=169.254.169.254' }, 'tokenUrl'],
    ['pull.place-malformed', { place: 'https://auth.example/token', cause: 'x' }, 'tokenUrl'], ['pull.place-malformed', { place: PLACE, cause: 'x' }, 'place'],
    ['pull.source-away', { source: 's', cause: 'HTTP 503 (auth.example)' }, 'tokenUrl'], ['pull.source-away', { source: 's', cause: 'HTTP 503' }, 'place'],
  ] as const)('%s with %j stands at %s', async (code, params, field) => {
    const draft = new PullSourceDraft(gateway({ create: () => Promise.resolve(refused(aRefusal(code, 422, { params }))) }), null, 'u1');
    draft.name.set('x');
    draft.place.set(PLACE);
    draft.map('KZ-U6', { field: 'a' });
    draft.change({ auth: { kind: 'OAUTH2', tokenUrl: 'https://auth.example/token?v=2', clientId: 'c', scope: '' } });
    await draft.save();
    expect(draft.problemField()).toBe(field);
    draft.change({ auth: { kind: 'OAUTH2', tokenUrl: 'https://other.example/', clientId: 'c', scope: '' } });
    expect(draft.problemField()).toBe(field);
  });
});

describe('a source that is changed', () => {
  it('begins with what it is, rows of other years included, and keeps its unit', async () => {
    const draft = new PullSourceDraft(gateway(), stored, 'another');
    await draft.readIndicators();
    expect(draft.indicators().map(({ key }) => key)).toEqual(['KZ-U6', 'OLD-1']);
    draft.map('OLD-1', { field: '' });
    await draft.save();
    expect(sent).toEqual([['change s1', {
      name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', rowsPath: '$.data[*]', keyField: 'code', valueField: 'n', mappings: [{ indicatorKey: 'KZ-U6', field: 'pension', unit: '人' }, { indicatorKey: 'OLD-1', field: '', unit: '' }],
      settings: NO_SETTINGS, secrets: {}, expectedRevision: 4,
    }]]);
  });

  const RATIO = { indicatorKey: 'KZ-U1', field: '', unit: '%', tableTitle: '单位整体', indicatorName: '参保覆盖率', formula: '', numeratorField: 'covered', denominatorField: 'all' };
  const RECKONED = { ...RATIO, indicatorKey: 'KZ-U6', field: 'pension', formula: '数值 / 10000', numeratorField: '', denominatorField: '' };
  const lastMappings = () => (sent.at(-1)?.[1] as { mappings: unknown }).mappings;

  it('neither sends nor takes away what it cannot show in full: ratios and formulas are changed elsewhere', async () => {
    const draft = new PullSourceDraft(gateway(), { ...stored, mappings: [RATIO, RECKONED] }, 'u1');
    await draft.readIndicators();
    draft.name.set('改了名称');
    expect(draft.fixed().get('KZ-U1')).toMatchObject({ numeratorField: 'covered', denominatorField: 'all' });
    // A source of ratios alone has its indicators.
    expect(await draft.save()).not.toBeNull();
    expect(lastMappings()).toEqual([]);
  });

  it('keeps what was typed when somebody was faster, and goes on from what is there now', async () => {
    const present = { ...stored, revision: 7, name: '对方改的名', mappings: [...stored.mappings.slice(0, 1), { ...RATIO, indicatorKey: 'NEW-1', field: 'new', numeratorField: '', denominatorField: '' }] };
    let stale = true;
    const draft = new PullSourceDraft(gateway({
      change: (id, body) => { sent.push([`change ${id}`, body]); return Promise.resolve(stale ? refused({ ...aRefusal('pull.stale-revision', 409), present }) : answered(stored)); },
    }), stored, 'u1');
    await draft.readIndicators();
    draft.name.set('我改的名');
    draft.map('KZ-U6', { unit: '万人' });
    expect(await draft.save()).toBeNull();
    expect([draft.problem()?.code, draft.name(), draft.differences()]).toEqual(['pull.stale-revision', '我改的名', { fields: ['name'], isAskedOtherwise: false, bindings: ['KZ-U6', 'OLD-1'] }]);
    stale = false;
    expect(await draft.keepMine()).not.toBeNull();
    // What the other one bound meanwhile is not carried and so stays; nothing is taken away that was not emptied here.
    expect(sent.at(-1)).toEqual(['change s1', expect.objectContaining({ name: '我改的名', expectedRevision: 7, mappings: [{ indicatorKey: 'KZ-U6', field: 'pension', unit: '万人' }, { indicatorKey: 'OLD-1', field: 'old', unit: '' }] })]);
    expect(draft.conflict()).toBeNull();
  });

  it('or takes what is there now', async () => {
    const present = { ...stored, revision: 7, name: '对方改的名' };
    const draft = new PullSourceDraft(gateway({ change: () => Promise.resolve(refused({ ...aRefusal('pull.stale-revision', 409), present })) }), stored, 'u1');
    draft.name.set('我改的名');
    await draft.save();
    draft.takeTheirs();
    expect([draft.name(), draft.problem(), draft.conflict(), draft.dirty()]).toEqual(['对方改的名', null, null, false]);
  });

  it('that was left behind is brought back as of the revision it was written from, and takes nothing away that was bound since', async () => {
    const left = new PullSourceDraft(gateway(), stored, 'u1');
    left.name.set('没保存');
    left.map('OLD-1', { field: '' });
    const since = { ...stored, revision: 9, mappings: [...stored.mappings, { ...stored.mappings[0], indicatorKey: 'NEW-1', field: 'new' }] } as PullSourceView;
    const draft = new PullSourceDraft(gateway(), since, 'u1');
    draft.bringBack(left.kept());
    await draft.save();
    expect(sent.at(-1)?.[1]).toMatchObject({ name: '没保存', expectedRevision: 4, mappings: [{ indicatorKey: 'KZ-U6', field: 'pension' }, { indicatorKey: 'NEW-1', field: 'new' }, { indicatorKey: 'OLD-1', field: '' }] });
  });
});

describe('what a source is asked with', () => {
  const draftOf = (of: PullSourceView | null = null) => {
    const draft = new PullSourceDraft(gateway(), of, 'u1');
    draft.name.set('统计库');
    draft.place.set('postgresql://reader@10.1.2.3/tj');
    draft.map('KZ-U6', { field: 'a' });
    return draft;
  };
  const last = () => sent.at(-1)?.[1] as { kind: string; settings: unknown; secrets: unknown };

  it('a database asks for its query before anything is sent, and sends the password beside it', async () => {
    const draft = draftOf();
    draft.chooseKind('SQL');
    expect(await draft.save()).toBeNull();
    expect([...draft.gaps().keys()]).toEqual(['query']);
    draft.change({ query: 'select 1', tls: true });
    draft.typeSecret('PASSWORD', 's3cret');
    await draft.save();
    expect(last()).toMatchObject({ kind: 'SQL', settings: { query: 'select 1', tls: true }, secrets: { PASSWORD: 's3cret' } });
  });
  it('sends no secret that belongs to another kind or another way of saying who asks', async () => {
    const draft = draftOf();
    draft.chooseAuth('HEADER');
    draft.typeSecret('TOKEN', 'k3y');
    draft.chooseKind('SQL');
    draft.change({ query: 'select 1' });
    await draft.save();
    expect(last()).toMatchObject({ settings: { auth: { kind: 'NONE' } }, secrets: {} });
  });
  it('leaves a stored secret as it is, replaces it when one is typed, and takes it away on demand', async () => {
    const draft = draftOf(stored);
    draft.chooseAuth('BASIC');
    draft.change({ auth: { kind: 'BASIC', user: 'kz' } });
    expect(draft.storedSince('PASSWORD')).toBe('2025-01-09T02:00:00.000Z');
    await draft.save();
    expect(last().secrets).toEqual({});
    draft.typeSecret('PASSWORD', 'new');
    draft.typeSecret('PASSWORD', '');
    await draft.save();
    expect(last().secrets).toEqual({});
    draft.removeSecret('PASSWORD');
    await draft.save();
    expect(last().secrets).toEqual({ PASSWORD: '' });
    draft.removeSecret('PASSWORD');
    await draft.save();
    expect(last().secrets).toEqual({});
  });
  it('is tried with the secrets of the saved source', async () => {
    const draft = draftOf(stored);
    await draft.try('q4');
    expect(last()).toMatchObject({ sourceId: 's1' });
  });
  it('a folder of sheets is asked for one of them by its name, or for the only one when nothing is written', async () => {
    const draft = draftOf();
    draft.chooseKind('SHEET_FOLDER');
    await draft.save();
    expect(last()).toMatchObject({ kind: 'SHEET_FOLDER', settings: { sheet: '' } });
    draft.change({ sheet: '第{ordinal}季度' });
    expect(draft.dirty()).toBe(true);
    await draft.save();
    expect(last()).toMatchObject({ settings: { sheet: '第{ordinal}季度' } });
    // What was kept in the browser before there was the setting has none.
    const { sheet: _sheet, ...before } = NO_SETTINGS;
    expect(readKept(JSON.stringify({ ...draft.kept(), settings: before }))?.settings.sheet).toBe('');
  });
  it('another sheet that somebody wrote meanwhile is a difference', async () => {
    const present = { ...stored, revision: 7, settings: { ...NO_SETTINGS, sheet: '汇总' } };
    const draft = new PullSourceDraft(gateway({ change: () => Promise.resolve(refused({ ...aRefusal('pull.stale-revision', 409), present })) }), stored, 'u1');
    await draft.save();
    expect(draft.differences()).toMatchObject({ fields: [], isAskedOtherwise: true });
  });
  it('reads headers line by line and says when a line is none', async () => {
    expect(readHeaders('X-Department: 100001\n\nAccept-Language: zh')).toEqual([{ name: 'X-Department', value: '100001' }, { name: 'Accept-Language', value: 'zh' }]);
    const draft = draftOf();
    draft.headersText.set('no header');
    expect(await draft.save()).toBeNull();
    expect(draft.gaps().get('headers')).toBe('headersWrong');
  });
  it.each([['pull.sql-not-select', 'query'], ['pull.host-key-unknown', 'hostKey'], ['pull.secret-again', 'secret'], ['pull.sheets-alike', 'sheet'], ['pull.sheet-not-there', 'sheet'], ['pull.sheet-without-columns', 'place'], ['pull.host-not-listed', 'place'], ['pull.header-reserved', 'headers'], ['pull.rows-path-unreadable', 'rowsPath'], ['pull.next-path-unreadable', 'nextPath'], ['pull.sheet-mark-unknown', 'sheet'], ['pull.unit-unknown', 'mappings'], ['pull.led-elsewhere', 'place']] as const)('puts %s at %s', async (code, field) => {
    const draft = new PullSourceDraft(gateway({ create: () => Promise.resolve(refused(aRefusal(code))) }), null, 'u1');
    draft.name.set('x');
    draft.place.set('y');
    draft.map('KZ-U6', { field: 'a' });
    await draft.save();
    expect(draft.problemField()).toBe(field);
  });
});
