/**
 * The demonstration year 2024, quarter by quarter, as people would type it. Targets are those of the two published documents; the actuals
 * are invented (the year of the audit project and of the 8794 pensions are the worked examples of docs/examples).
 * An empty text is a cell nobody has filled yet.
 */
export interface DemonstrationTable {
  /** Cells per quarter, in the order of the table's rows. */
  readonly cells: readonly (readonly string[])[];
  /** 全年执行数 to the end of each quarter, 万元; null where nothing is entered yet. */
  readonly executed: readonly (string | null)[];
  /** Of a whole unit, what of that came from the higher level (上级安排) and from other funds (其他资金), 万元; the rest is 本级安排. */
  readonly executedFrom?: readonly { readonly higherLevel: string; readonly other: string }[];
  /** Where the fourth quarter stands on the demonstration day. */
  readonly fourth: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';
}

/** Why the fourth quarter of the leased lines came back. */
export const RETURN_OPINION = '第四季度线路租赁费付款凭证未上传，请补充原始凭证并说明执行率为何低于100%后再送审。';

/** By the id of the table in the domain's testing facts. */
export const demonstrationYear: Readonly<Record<string, DemonstrationTable>> = {
  'KZ-U': {
    cells: [
      ['95.2%', '5.79万人', '6.31万人', '9.85万人', '6.78万人', '25.62万人'],
      ['95.4%', '5.80万人', '6.36万人', '9.90万人', '6.80万人', '25.90万人'],
      ['95.6%', '5.82万人', '6.41万人', '9.96万人', '6.84万人', '26.05万人'],
      ['95.7%', '5.84万人', '', '', '6.85万人', ''],
    ],
    executed: ['118.60', '251.30', '389.75', null],
    executedFrom: [{ higherLevel: '12.40', other: '0.00' }, { higherLevel: '26.10', other: '0.00' }, { higherLevel: '39.20', other: '0.00' }],
    fourth: 'DRAFT',
  },
  'KZ-A': {
    cells: [
      ['1次', '0次', '100%', '90%', '3个月', '1个月', '0个月', '100%', '0.8万元', '1.0万元', '', '', '92%', '89%'],
      ['1次', '1次', '100%', '91%', '3个月', '4个月', '0个月', '100%', '0.7万元', '1.4万元', '', '', '93%', '88%'],
      ['1次', '0次', '100%', '91%', '3个月', '7个月', '0个月', '100%', '0.6万元', '1.3万元', '', '', '92%', '88%'],
      ['2次', '1次', '100%', '92%', '3个月', '8个月', '2个月', '100%', '0.7万元', '1.5万元', '达成', '部分达成 75%', '93%', '88%'],
    ],
    executed: ['1.80', '3.90', '5.80', '8.00'],
    fourth: 'SIGNED',
  },
  'KZ-L': {
    cells: [
      ['4条', '100%', '100%', '', '100%', '0%', '2.40万元', '', '', '96%', '95%'],
      ['4条', '100%', '100%', '', '100%', '0%', '2.40万元', '', '', '95%', '96%'],
      ['4条', '100%', '99%', '', '100%', '0%', '2.40万元', '', '', '96%', '95%'],
      ['4条', '100%', '99%', '2024-12-20', '100%', '0%', '1.92万元', '达成', '达成', '96%', '96%'],
    ],
    executed: ['2.40', '4.80', '7.20', '9.12'],
    fourth: 'RETURNED',
  },
  'MN-U': {
    cells: [
      ['66.5%', '100%', '98.6%', '27%', '96.1%'],
      ['68.9%', '100%', '99.3%', '55%', '95.8%'],
      ['71.2%', '100%', '99.7%', '82%', '96.4%'],
      ['73.5%', '100%', '99.8%', '100%', '96.2%'],
    ],
    executed: ['131.20', '280.45', '436.90', '588.13'],
    executedFrom: [{ higherLevel: '0.00', other: '0.90' }, { higherLevel: '0.00', other: '1.85' }, { higherLevel: '0.00', other: '2.75' }, { higherLevel: '0.00', other: '3.60' }],
    fourth: 'REVIEWED',
  },
  'MN-G': {
    cells: [
      ['79人', '100%', '3个月', '24.8%', '', '', '95%'],
      ['78人', '100%', '3个月', '49.9%', '', '', '94%'],
      ['78人', '100%', '3个月', '74.6%', '', '', '95%'],
      ['77人', '100%', '3个月', '98.5%', '达成', '达成', '94%'],
    ],
    executed: ['56.40', '113.20', '170.90', '225.95'],
    fourth: 'SUBMITTED',
  },
  'MN-B': {
    cells: [
      ['239人', '100%', '100%', '3个月', '120元', '', '95.5%'],
      ['238人', '100%', '100%', '3个月', '120元', '', '96%'],
      ['237人', '100%', '100%', '3个月', '120元', '', '95.2%'],
      ['', '100%', '100%', '', '120元', '', ''],
    ],
    executed: ['10.80', '21.60', '32.30', null],
    fourth: 'DRAFT',
  },
};
