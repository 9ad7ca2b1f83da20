import type { PullSourceView, PullTrial } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { PullSourceDraft, type SourceFormGateway } from './pull-source-draft';

const INSURED = { key: 'KZ-U6', name: '城乡居民养老保险参保人数达到', tableTitle: '单位整体', unit: '万人' };
const trial: PullTrial = { rows: [{ key: 'urban-rural-pension', verbatim: '264000' }], rowCount: 1, mapped: [{ indicatorKey: 'KZ-U6', verbatim: '264000', reading: '26.4万人', problemZh: null, problemEn: null }] };
const stored = {
  id: 's1', unitId: 'u1', name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', rowsPath: '$.data[*]', keyField: 'code', valueField: 'n',
  mappings: [{ indicatorKey: 'KZ-U6', field: 'pension', unit: '人', tableTitle: '单位整体', indicatorName: '旧名' }, { indicatorKey: 'OLD-1', field: 'old', unit: '', tableTitle: '往年项目', indicatorName: '往年指标' }],
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
      mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
    }]]);
  });
  it.each([['pull.place-forbidden', 'place'], ['pull.name-taken', 'name'], ['pull.unreadable-body', 'rowsPath'], ['house.not-allowed', null]] as const)('puts the refusal %s at %s and keeps what was typed', async (code, field) => {
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

describe('a source that is changed', () => {
  it('begins with what it is, rows of other years included, and keeps its unit', async () => {
    const draft = new PullSourceDraft(gateway(), stored, 'another');
    await draft.readIndicators();
    expect(draft.indicators().map(({ key }) => key)).toEqual(['KZ-U6', 'OLD-1']);
    draft.map('OLD-1', { field: '' });
    await draft.save();
    expect(sent).toEqual([['change s1', {
      name: '社保核心系统', kind: 'HTTP_JSON', place: 'http://10.1.2.3/api', rowsPath: '$.data[*]', keyField: 'code', valueField: 'n', mappings: [{ indicatorKey: 'KZ-U6', field: 'pension', unit: '人' }],
    }]]);
  });
});
