import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { auditProject, gridOf, pageText, pensionProject, prefectureBudget, scannedBudget, scannedText, sixForms, workbookBytes } from '@jiheng/documents/fixtures';
import { runCommand } from './run-command';

const root = resolve(__dirname, '../../../..');
const example = (name: string): string => join(root, 'docs/examples', name);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a person runs it: a process of its own. */
function jiheng(...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'tools/jiheng.mjs'), ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same command inside this process, where only its answer matters. */
async function run(...args: string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readFile: (path) =>
      new Promise((done, failed) => {
        try {
          done(readFileSync(resolve(folder, path)));
        } catch (fault) {
          failed(fault as Error);
        }
      }),
  });
  return { code, out, err };
}

interface Scored {
  readonly profile: { readonly name: string };
  readonly rows: readonly {
    readonly points: string | null;
    readonly weight: string;
    readonly attainmentRate: string | null;
    readonly trace: readonly { text: string }[];
  }[];
  readonly execution: { readonly rate: string; readonly points: string; readonly weight: string } | null;
  readonly total: string | null;
  readonly rating: string | null;
  readonly findings: readonly { code: string; row: number | null; message: string; severity: string; found: string | null }[];
}

async function score(file: unknown, ...flags: string[]): Promise<Scored> {
  writeFileSync(join(folder, 'score.json'), JSON.stringify(file));
  const ended = await run('score', 'score.json', '--json', ...flags);
  if (ended.code !== 0) throw new Error(ended.err);
  return JSON.parse(ended.out) as Scored;
}

async function refusal(file: unknown): Promise<string> {
  writeFileSync(join(folder, 'bad.json'), typeof file === 'string' ? file : JSON.stringify(file));
  const ended = await run('score', 'bad.json', '--json');
  expect(ended.code).toBe(2);
  expect(ended.out).toBe('');
  return ended.err;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiheng-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('jiheng import --dry-run --json', () => {
  it('prints one JSON object and nothing else; progress goes to standard error', () => {
    writeFileSync(
      join(folder, '预算公开.txt'),
      sixForms
        .slice(0, 3)
        .map((form) => scannedText(form, { innerBlanks: true }))
        .join('\n'),
    );
    writeFileSync(
      join(folder, '县.txt'),
      sixForms
        .slice(3)
        .map((form) => pageText(form))
        .join('\n'),
    );
    const { code, out, err } = jiheng('import', '预算公开.txt', '县.txt', '--dry-run', '--json');
    expect(code).toBe(0);
    expect(err).toContain('正在读取 预算公开.txt');
    const read = JSON.parse(out) as {
      tables: { indicators: object[] }[];
      budgetTables: unknown[];
      findings: { table: number; code: string }[];
    };
    expect(read.tables.map((table) => table.indicators.length)).toEqual([6, 14, 11, 5, 7, 7]);
    expect(read.budgetTables).toEqual([]);
    expect(Object.keys(read.tables[1]?.indicators[0] ?? {})).toEqual([
      'level1',
      'level2',
      'name',
      'target',
      'direction',
      'weight',
      'basis',
      'previousActual',
      'scoringRule',
      'evidence',
      'accumulation',
      'confidence',
      'source',
    ]);
    expect(read.tables[4]).toMatchObject({
      subject: 'PROJECT',
      fiscalYear: 2024,
      project: '2024年度-8794国防工水利工退休工资',
      budget: { total: '229.39', fiscal: '229.39', other: '0.00' },
    });
    expect(read.findings.filter((one) => one.code === 'Q-H3').map((one) => one.table)).toEqual([
      ...Array<number>(7).fill(4),
      ...Array<number>(7).fill(5),
    ]);
  });

  it('a broken file ends with 2, its name and the cause on standard error, nothing on standard output', () => {
    writeFileSync(join(folder, '损坏.xlsx'), workbookBytes({ 表: gridOf(auditProject) }).slice(0, 700));
    const { code, out, err } = jiheng('import', '损坏.xlsx', '--dry-run', '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/文件“损坏\.xlsx”不完整[\s\S]*The file “损坏\.xlsx” is cut off/u);
  });

  it('a document with budget tables alone is read in a thread of its own: no target tables, exit 0, findings about the whole without a place', () => {
    writeFileSync(join(folder, '预算.txt'), `2024年部门预算公开\n${scannedBudget(prefectureBudget)}`);
    const { code, out } = jiheng('import', '预算.txt', '--dry-run', '--json');
    const { tables, budgetTables } = JSON.parse(out) as { tables: object[]; budgetTables: { number: number }[] };
    expect([code, tables, budgetTables.map((table) => table.number)]).toEqual([0, [], [1, 2, 4, 6, 7, 9, 10, 11]]);
    const said = jiheng('--lang', 'zh', 'import', '预算.txt', '--dry-run');
    expect(said.out).toMatch(/没有绩效目标表。[\s\S]*预算表（8 张）：[\s\S]*表1 /u);
    expect(said.out).not.toContain('[]');
  });

  it('one unreadable file of two refuses both', async () => {
    writeFileSync(join(folder, '好.txt'), scannedText(auditProject));
    writeFileSync(join(folder, '空.csv'), '');
    const ended = await run('import', '好.txt', '空.csv', '--dry-run', '--json');
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('“空.csv”是空的');
  });

  it('with --each every file of a batch stands for itself: a line of JSON each, the bad ones with their reason, one summary, exit 2', async () => {
    writeFileSync(join(folder, '好.txt'), scannedText(auditProject));
    writeFileSync(join(folder, '空.csv'), '');
    const ended = await run('--lang', 'zh', 'import', '好.txt', '空.csv', '没有.txt', '好.txt', '--dry-run', '--each');
    const lines = ended.out.trim().split('\n').map((line) => JSON.parse(line) as { file: string; tables?: { indicators: object[] }[]; refusal?: { code: string; message: string } });
    expect(lines.map(({ file, tables, refusal }) => [file, tables?.[0]?.indicators.length ?? refusal?.code])).toEqual([['好.txt', 14], ['空.csv', 'document.empty'], ['没有.txt', 'file'], ['好.txt', 14]]);
    expect(lines[2]?.refusal?.message).toContain('找不到文件');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/共 4 份文件：读出 2 份，未能读取 2 份；绩效目标表 2 张，指标 28 条，检查发现 \d+ 条；用时/u);
    expect((await run('--lang', 'en', 'import', '好.txt', '--dry-run', '--each'))).toMatchObject({ code: 0, err: expect.stringContaining('1 files: 1 read, 0 refused; 1 tables, 14 indicators') as string });
  });

  it('without --json a person reads tables and findings, in English when asked', async () => {
    writeFileSync(join(folder, '表.xlsx'), workbookBytes({ 退休工资: gridOf(pensionProject) }));
    const zh = await run('import', '表.xlsx', '--dry-run');
    expect(zh.out).toMatch(/1 {2}产出指标.*发放人数.*≥79人 +20 {2}1\.00 {2}sheet 退休工资 \/ row 8/u);
    expect((await run('import', '表.xlsx', '--dry-run', '--lang', 'en')).err).toContain('Reading 表.xlsx');
    const en = await run('--lang', 'en', 'import', '表.xlsx', '--dry-run');
    expect(en.out).toMatch(/Findings \(\d+\):\n[\s\S]*has no value for last year/u);
  });

  it('without --dry-run and without a database it says how to name one', async () => {
    const before = process.env['DATABASE_URL'];
    delete process.env['DATABASE_URL'];
    try {
      const ended = await run('import', '好.txt');
      expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/DATABASE_URL[\s\S]*--dry-run/u) as string });
    } finally {
      if (before !== undefined) process.env['DATABASE_URL'] = before;
    }
  });

  it('what import prints is a table that score takes', async () => {
    writeFileSync(join(folder, '退休.txt'), pageText(pensionProject));
    const { tables } = JSON.parse((await run('import', '退休.txt', '--dry-run', '--json')).out) as { tables: object[] };
    const scored = await score({
      table: tables[0],
      actuals: [{ row: 0, text: '79人' }],
      budgetExecution: { initial: '229.39', adjusted: '229.39', executed: '229.39' },
    });
    expect(scored.rows[0]?.points).toBe('20.00');
  });
});

describe('jiheng score', () => {
  it('KZ-A, the audit project: 94.19, 优, every row as reckoned by hand', () => {
    const { code, out, err } = jiheng('score', example('audit-project.score.json'), '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const scored = JSON.parse(out) as Scored;
    expect(scored).toMatchObject({
      profile: { name: 'MOF-2020-10', version: 1 },
      total: '94.19',
      rating: '优',
      execution: { rate: '100.00', points: '10.00', weight: '10' },
    });
    expect(scored.rows.map((row) => row.points)).toEqual([
      '5.00',
      '3.33',
      '5.00',
      '4.84',
      '5.00',
      '4.38',
      '5.00',
      '5.00',
      '10.00',
      '9.62',
      '10.00',
      '7.50',
      '4.89',
      '4.63',
    ]);
    expect(scored.rows[1]).toMatchObject({ weight: '5', attainmentRate: '66.67' });
    expect(scored.rows[1]?.trace.map((step) => step.text).join()).toContain('2 ÷ 3');
  });

  it('KZ-A by MOF-2021-101: pass threshold 60 % and satisfaction by bands, 90.94, 优', async () => {
    const { out } = await run('score', example('audit-project.score.json'), '--profile', 'MOF-2021-101', '--json');
    const scored = JSON.parse(out) as Scored;
    // (2/3 − 60 %) ÷ 40 % × 5 = 0.83; (92/95 − 60 %) ÷ 40 % × 5 = 4.61; 93 % and 88 % fall into the bands of 90 and 80.
    expect(scored.rows.map((row) => row.points)).toEqual([
      '5.00',
      '0.83',
      '5.00',
      '4.61',
      '5.00',
      '4.38',
      '5.00',
      '5.00',
      '10.00',
      '9.62',
      '10.00',
      '7.50',
      '5.00',
      '4.00',
    ]);
    expect(scored).toMatchObject({ total: '90.94', rating: '优', findings: [{ code: 'S-12', row: 12 }] });
  });

  it('MN-G, the pensions of 79 people: 99.23, 优', async () => {
    const scored = JSON.parse((await run('score', example('pension-project.score.json'), '--json')).out) as Scored;
    expect(scored.rows.map((row) => row.points)).toEqual(['19.49', '10.00', '10.00', '20.00', '10.00', '10.00', '9.89']);
    expect(scored).toMatchObject({ execution: { rate: '98.50', points: '9.85' }, total: '99.23', rating: '优', findings: [] });
  });

  it('for a person the points stand in a table with the way to each', async () => {
    const { out } = await run('score', example('pension-project.score.json'));
    expect(out).toMatch(/发放人数 .* 19\.49 .*77 ÷ 79/u);
    expect(out).toContain('总分 99.23（优），评分规则 MOF-2020-10 v1');
    expect((await run('score', example('pension-project.score.json'), '--lang', 'en')).out).toContain('Total 99.23 (优) by MOF-2020-10 v1');
  });

  const table = (...targets: string[]): object => ({
    fiscalYear: 2024,
    indicators: targets.map((target, at) => ({ level1: '产出指标', level2: '数量指标', name: `指标${at}`, target, weight: '45' })),
  });
  const budgetExecution = { initial: '8.00', adjusted: '8.00', executed: '8.00' };

  it('printed targets and pasted cells are read as on import: 26.4万人 for ≥264000人', async () => {
    const scored = await score({
      table: table('≥264000人', '≥95％'),
      actuals: [
        { row: 0, text: '２６．４万人' },
        { row: 1, text: '95' },
      ],
      budgetExecution,
    });
    expect(scored).toMatchObject({ total: '100.00', rating: '优' });
  });

  it('silence is no zero: the row and the total stay open and a finding says what is missing; a closed year makes it zero', async () => {
    const file = {
      table: table('≥5次', '≥95%'),
      actuals: [
        { row: 0, magnitude: '5', unit: '次' },
        { row: 1, state: 'NOT_REPORTED' },
      ],
      budgetExecution,
    };
    expect(await score(file)).toMatchObject({
      rows: [{ points: '45.00' }, { points: null }],
      total: null,
      rating: null,
      findings: [{ code: 'S-01', row: 1, severity: 'ERROR' }],
    });
    expect(await score(file, '--closed')).toMatchObject({ rows: [{ points: '45.00' }, { points: '0.00' }], total: '55.00', rating: '差' });
  });

  it('a row that does not apply is taken out and the rest stretched to 100', async () => {
    const scored = await score({
      table: table('≥5次', '≥95%'),
      actuals: [
        { row: 0, magnitude: '5' },
        { row: 1, state: 'NOT_APPLICABLE', reason: '本年无此业务' },
      ],
      budgetExecution,
    });
    expect(scored).toMatchObject({ total: '100.00', rows: [{ points: '45.00' }, { points: null }] });
  });

  it('a unit of another dimension leaves the row open and says which unit is meant', async () => {
    const asCell = await score({ table: table('≥5次'), actuals: [{ row: 0, text: '5万元' }], budgetExecution });
    expect(asCell).toMatchObject({ rows: [{ points: null }], total: null, findings: [{ code: 'Q-U1', row: 0, found: '5万元' }] });
    const asParts = await score({ table: table('≥5次'), actuals: [{ row: 0, magnitude: '5', unit: '万元' }], budgetExecution });
    expect(asParts).toMatchObject({ rows: [{ points: null }], total: null, findings: [{ code: 'Q-U1', row: 0 }] });
  });

  it('0.95 for ≥95% is scored as written and questioned', async () => {
    const scored = await score({ table: table('≥95%'), actuals: [{ row: 0, magnitude: '0.95', unit: '%' }], budgetExecution });
    expect(scored.rows[0]?.points).toBe('0.45');
    expect(scored.findings.map((one) => one.code)).toContain('looks-like-fraction');
  });

  it('money that was not given leaves the total open', async () => {
    expect(await score({ table: table('≥5次'), actuals: [{ row: 0, magnitude: '5' }] })).toMatchObject({
      total: null,
      execution: { points: null },
      findings: [{ code: 'S-01', row: null }],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['text that is no JSON', '{"table":', /不是有效的 JSON/u],
    ['a key nobody knows', { table: table('≥5次'), actuals: [{ row: 0, magnitud: '5' }] }, /actuals\[0\]\.magnitud：是未知的键/u],
    [
      'a key nobody knows in a target',
      {
        table: {
          fiscalYear: 2024,
          indicators: [
            { level1: 'a', level2: 'b', name: 'c', weight: '5', target: { kind: 'QUANT', comparator: 'GE', magnitude: '5', size: 1 } },
          ],
        },
      },
      /table\.indicators\[0\]\.target\.size：是未知的键/u,
    ],
    ['a number that is not text', { table: table('≥5次'), actuals: [{ row: 0, magnitude: 5 }] }, /actuals\[0\]\.magnitude：应为文本/u],
    [
      'digits that are no number',
      { table: table('≥5次'), actuals: [{ row: 0, magnitude: '1e3' }] },
      /actuals\[0\]\.magnitude：应为文本形式的数/u,
    ],
    ['a row beyond the table', { table: table('≥5次'), actuals: [{ row: 1, magnitude: '5' }] }, /actuals\[0\]\.row：没有第 1 行/u],
    ['a row below zero', { table: table('≥5次'), actuals: [{ row: -1, magnitude: '5' }] }, /actuals\[0\]\.row：应为行号/u],
    [
      'a row told twice',
      {
        table: table('≥5次'),
        actuals: [
          { row: 0, magnitude: '5' },
          { row: 0, magnitude: '6' },
        ],
      },
      /actuals\[1\]\.row：第 0 行已经有/u,
    ],
    [
      'two values for one row',
      { table: table('≥5次'), actuals: [{ row: 0, magnitude: '5', grade: 'A' }] },
      /actuals\[0\]：须写明且只写明/u,
    ],
    [
      'not applicable without a reason',
      { table: table('≥5次'), actuals: [{ row: 0, state: 'NOT_APPLICABLE' }] },
      /actuals\[0\]\.reason：缺少此项/u,
    ],
    ['a day that is none', { table: table('=2024年12月'), actuals: [{ row: 0, date: '2024-02-30' }] }, /actuals\[0\]\.date：应为日期/u],
    ['no indicators', { table: { fiscalYear: 2024, indicators: [] } }, /table\.indicators：至少要有一条指标/u],
    ['no table', {}, /table：缺少此项/u],
    ['a list in place of the file', [], /JSON：应为对象/u],
    ['a year that is none', { table: { fiscalYear: 24, indicators: [] } }, /table\.fiscalYear：应为 1990/u],
    [
      'a negative weight',
      { table: { fiscalYear: 2024, indicators: [{ level1: 'a', level2: 'b', name: 'c', weight: '-5', target: '≥5次' }] } },
      /weight：应为文本形式的非负数/u,
    ],
    [
      'a target without a number',
      {
        table: {
          fiscalYear: 2024,
          indicators: [{ level1: 'a', level2: 'b', name: 'c', weight: '5', target: { kind: 'QUANT', comparator: 'GE', magnitude: null } }],
        },
      },
      /target\.magnitude：应为文本形式的数/u,
    ],
    ['a profile nobody knows', { table: table('≥5次'), profile: 'XJ-2030' }, /XJ-2030[\s\S]*MOF-2020-10/u],
  ])('%s is refused with its path', async (_, file, sentence) => {
    expect(await refusal(file)).toMatch(sentence);
  });
});

describe('jiheng profiles and help', () => {
  it('lists both profiles with their parameters', async () => {
    const { profiles } = JSON.parse((await run('profiles', '--json')).out) as { profiles: { name: string; proportional: object }[] };
    expect(profiles.map((one) => one.name)).toEqual(['MOF-2020-10', 'MOF-2021-101']);
    expect(profiles[1]?.proportional).toEqual({ passThreshold: '0.60', passFormula: 'ABOVE_THRESHOLD' });
    expect((await run('profiles')).out).toContain('proportional.passThreshold = 0.60');
  });

  it('help speaks Chinese and English', () => {
    const { code, out } = jiheng('help');
    expect(code).toBe(0);
    expect(out).toMatch(/绩效目标表[\s\S]*target tables/u);
  });

  it('speaks the chosen language also about a command that is misused, wherever it was chosen', async () => {
    for (const args of [['--lang', 'en', 'nonsense'], ['nonsense', '--lang', 'en'], ['--lang', 'en', 'score', '--frob']]) {
      const { code, err } = await run(...args);
      expect([code, err, /\p{Script=Han}/u.test(err)]).toEqual([2, expect.stringMatching(/./u), false]);
    }
    expect((await run('nonsense')).err).toMatch(/\p{Script=Han}/u);
  });

  it('help says of every command, in both languages, whether it needs a database', () => {
    const { out } = jiheng('help');
    const commands = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)/gmu)].map(([, name]) => name).filter((name) => name !== 'help');
    expect(commands.length).toBeGreaterThanOrEqual(7);
    for (const [without, ofDatabase] of [[/不需要数据库：(.*)$/mu, /^ +需要数据库：(.*)$/mu], [/Without a database: (.*)$/mu, /With a database: (.*)$/mu]] as const) {
      const [free, bound] = [without, ofDatabase].map((line) => (line.exec(out)?.[1] ?? '').split(/[、,] ?/u));
      expect([...(free ?? []), ...(bound ?? [])].filter((name) => name !== 'import --dry-run').sort()).toEqual([...commands].sort());
      expect(bound).toEqual(['import', 'rotate-secrets', 'years', 'roll-up']);
    }
  });

  it.each([
    [['nope'], /没有命令“nope”[\s\S]*There is no command “nope”/u],
    [['score'], /缺少文件名/u],
    [['years', 'detach'], /缺少年度/u],
    [['years', 'attach', '24'], /“24”不是年度/u],
    [['years', 'remove', '2024'], /不认识的词/u],
    [['roll-up'], /没有说要做什么[\s\S]*not said what is to be done/u],
    [['roll-up', 'forget'], /没有命令“forget”[\s\S]*There is no command “forget”/u],
    [['score', 'x.json', '--fast'], /没有选项“--fast”/u],
    [['score', '不存在.json'], /找不到文件“不存在\.json”/u],
    [['import', 'x.txt', '--dry-run', '--year', '24'], /--year/u],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) as string });
  });
});
