import { runCommand } from './run-command';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command with files that stand nowhere but here. */
async function run(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readFile: (path) => {
      const text = files[path];
      return text === undefined ? Promise.reject(Object.assign(new Error(path), { code: 'ENOENT' })) : Promise.resolve(new TextEncoder().encode(text));
    },
  });
  return { code, out, err };
}

const PROVINCE = JSON.stringify({
  name: 'F2-某省',
  title: '项目绩效约定书（某省）',
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
});
const DOCUMENT = [
  '财政项目绩效约定书', '2025年度', '承担单位\t某县社会保险中心', '项目名称\t线路租赁费',
  '一级指标\t二级指标\t考核要点\t约定值\t满分',
  '产出指标\t数量指标\t租用专线网络数量\t=4条\t50', '效益指标\t社会效益指标\t提高工作服务水平\t有效提高\t40',
].join('\n');
const EVALUATION = [
  '项目支出绩效自评表', '（2024年度）', '项目名称\t线路租赁费',
  '一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施',
  '产出指标\t数量指标\t租用专线网络数量\t=4条\t4条\t50\t50\t', '效益指标\t社会效益指标\t提高工作服务水平\t有效提高\t达成预期指标\t40\t38\t宣传不足',
  '总分\t\t\t\t\t90\t88\t',
].join('\n');

describe('jiheng templates', () => {
  it('lists every form with its columns, and as JSON a pattern for one’s own', async () => {
    const { code, out } = await run({}, 'templates');
    expect(code).toBe(0);
    expect(out).toMatch(/F2 {2}项目支出绩效目标表[\s\S]*F3[\s\S]*偏差原因分析 › 经费保障[\s\S]*F5-CQ/u);
    const { templates } = JSON.parse((await run({}, 'templates', '--json')).out) as { templates: { name: string }[] };
    expect(templates.map(({ name }) => name)).toEqual(
      ['F1', 'F2', 'F1-2015', 'F2-2015', 'F2-2021', 'F3', 'F4', 'F4-AH', 'F4-SC', 'F4-GX', 'F4-F2', 'F5', 'F5-CQ', 'F5-TJ'],
    );
    expect((await run({}, '--lang', 'en', 'templates')).out).toContain('Self-evaluation of the whole unit');
  });

  it('checks a form given besides: listed first, or refused with the key that is wrong', async () => {
    expect((await run({ '某省.json': PROVINCE }, 'templates', '某省.json')).out).toMatch(/^F2-某省/u);
    const wrong = await run({ '错.json': PROVINCE.replace('"role":"target"', '"role":"colour"') }, 'templates', '错.json');
    expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/columns\[3\]\.role/u) as string });
  });
});

describe('jiheng import --template', () => {
  it('reads a document in a form nobody knew', async () => {
    const files = { '某省.json': PROVINCE, '约定书.txt': DOCUMENT };
    expect((await run(files, 'import', '约定书.txt', '--dry-run', '--json')).code).toBe(2);
    const { code, out } = await run(files, 'import', '--template', '某省.json', '约定书.txt', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      tables: [{ form: 'TARGET', template: 'F2-某省', fiscalYear: 2025, indicators: [{ name: '租用专线网络数量', weight: '50' }, { weight: '40' }] }],
    });
  });

  it('a self-evaluation prints its actuals and points, and the score command takes the table as it is', async () => {
    const { out } = await run({ '自评.txt': EVALUATION }, 'import', '自评.txt', '--dry-run', '--json');
    const { tables } = JSON.parse(out) as { tables: object[] };
    expect(tables[0]).toMatchObject({
      form: 'SELF_EVALUATION',
      printedSum: { weight: '90', points: '88', rating: null },
      indicators: [{ actualRaw: '4条', pointsRaw: '50', deviation: null }, { actualRaw: '达成预期指标', pointsRaw: '38', deviation: '宣传不足' }],
    });
    expect(out).not.toContain('"cells"');
    const scored = await run({ 'score.json': JSON.stringify({ table: tables[0], actuals: [{ row: 0, text: '4条' }] }) }, 'score', 'score.json', '--json');
    expect(scored).toMatchObject({ code: 0 });
    expect(JSON.parse(scored.out)).toMatchObject({ rows: [{ row: 0, points: '50.00' }, { row: 1, points: null }] });
  });
});
