import { sayRefusal } from '@jiheng/domain';
import { recogniseTables } from '../recognise-tables';
import { BUILT_IN_TEMPLATES } from './built-in-templates';
import { readTemplate } from './read-template';

const OWN = {
  name: 'F2-某省',
  title: '项目绩效目标表（某省）',
  form: 'TARGET',
  subject: 'PROJECT',
  titleWords: ['财政项目绩效约定书'],
  labels: { unit: ['承担单位'] },
  columns: [
    { role: 'level1', words: ['一级指标'] },
    { role: 'level2', words: ['二级指标'] },
    { role: 'name', words: ['考核要点'] },
    { role: 'target', words: ['约定值'] },
    { role: 'weight', words: ['满分'] },
  ],
};

describe('a form of the user’s own', () => {
  it('is taken from JSON, and then a table nobody knew is read', () => {
    const template = readTemplate(JSON.stringify(OWN), '某省.json');
    if (!template.ok) throw new Error(sayRefusal(template.refusal));
    const lines = [
      ['财政项目绩效约定书'], ['2025年度'], ['承担单位', '某县社会保险中心'], ['项目名称', '线路租赁费'],
      ['一级指标', '二级指标', '考核要点', '约定值', '满分'],
      ['产出指标', '数量指标', '租用专线网络数量', '=4条', '40'],
      ['效益指标', '社会效益指标', '提高工作服务水平', '有效提高', '50'],
    ].map((cells, at) => ({ cells, number: at + 1 }));
    const parts = [{ sheet: '表', broken: false, lines }];
    const read = recogniseTables(parts, 'x', { templates: [template.value] });
    if (!read.ok) throw new Error(sayRefusal(read.refusal));
    expect(read.value.tables[0]).toMatchObject({
      template: 'F2-某省', form: 'TARGET', subject: 'PROJECT', budgetUnit: '某县社会保险中心', fiscalYear: 2025,
      indicators: [{ name: '租用专线网络数量', weight: '40' }, { name: '提高工作服务水平', weight: '50' }],
    });
    expect(read.value.tables[0]?.templateScores[0]).toEqual({ name: 'F2-某省', confidence: '1.00' });
    expect(recogniseTables(parts, 'x').ok).toBe(false);
  });

  it('every built-in form is a pattern for one: printed as JSON it is taken under another name', () => {
    for (const template of BUILT_IN_TEMPLATES) {
      const read = readTemplate(JSON.stringify({ ...template, name: `${template.name}-2` }), '样.json');
      expect(read).toEqual({ ok: true, value: { ...template, name: `${template.name}-2` } });
    }
  });

  it.each<[string, unknown, string, string]>([
    ['no JSON', '{ "name": ', 'template.not-json', '不是 JSON'],
    ['an unknown key', { ...OWN, colour: 'red' }, 'template.slip', 'colour'],
    ['no columns', { ...OWN, columns: [] }, 'template.slip', 'columns'],
    ['a role nobody knows', { ...OWN, columns: [{ role: 'colour', words: ['颜色'] }] }, 'template.slip', 'columns[0].role'],
    ['a column twice', { ...OWN, columns: [...OWN.columns, { role: 'target', words: ['目标'] }] }, 'template.slip', 'columns[5].role'],
    ['no target', { ...OWN, columns: OWN.columns.filter(({ role }) => role !== 'target') }, 'template.slip', 'target'],
    ['a blank spelling', { ...OWN, titleWords: [' '] }, 'template.slip', 'titleWords[0]'],
    ['a form that is none', { ...OWN, form: 'POEM' }, 'template.slip', 'TARGET · MONITORING · SELF_EVALUATION'],
    ['a label that is none', { ...OWN, labels: { colour: ['颜色'] } }, 'template.slip', 'labels.colour'],
    ['money with one column', { ...OWN, money: { columns: [{ role: 'initial', words: ['年初'] }], rows: [] } }, 'template.slip', 'money.columns'],
    ['a list instead of an object', [], 'template.slip', '{ }'],
    ['a name that is taken', { ...OWN, name: 'F2' }, 'template.name-taken', 'F2'],
  ])('%s is refused with its place', (_, value, code, word) => {
    const read = readTemplate(typeof value === 'string' ? value : JSON.stringify(value), '某省.json', BUILT_IN_TEMPLATES.map(({ name }) => name));
    if (read.ok) throw new Error('taken');
    expect(read.refusal.code).toBe(code);
    for (const language of ['zh', 'en'] as const) expect(sayRefusal(read.refusal, language)).toContain('某省.json');
    expect(sayRefusal(read.refusal)).toContain(word);
  });
});
