import type { StoredYear, YearObstacle } from '../platform/database/fiscal-years';
import { serverProgram } from './server-program';
import { CommandRefusal, refuseCommand, sayInto, type Sentence, type Terminal, type Tongue } from './terminal';

interface YearProgram { readonly openYearStore: typeof import('../years').openYearStore }

/** Lists the years, sets one aside or brings one back. Ends with 2 and a sentence when something is in the way. */
export async function workWithYears(deed: 'list' | 'detach' | 'attach', year: number | null, flags: { readonly json?: boolean }, terminal: Terminal, tongue: Tongue): Promise<void> {
  if ((process.env['DATABASE_URL'] ?? '') === '') refuseCommand('请设置环境变量 DATABASE_URL（与服务器相同）。', 'Set DATABASE_URL, as the server has it.');
  const { openYearStore } = await serverProgram<YearProgram>('years', { zh: '归档年度', en: 'Archiving years' });
  const store = await openYearStore(process.env);
  try {
    if (deed === 'list' || year === null) {
      const years = await store.list();
      terminal.out(flags.json === true ? `${JSON.stringify({ years }, null, 2)}\n` : describeYears(years, tongue));
      return;
    }
    const obstacle = await (deed === 'detach' ? store.detach(year) : store.attach(year));
    if (obstacle !== null) throw new CommandRefusal([sayObstacle(year, obstacle)]);
    sayInto(terminal, deed === 'detach'
      ? { zh: `${year} 年度已移入归档（数据库模式 archive）。页面会说明该年度已归档；取回：jiheng years attach ${year}。`, en: `The year ${year} is in the archive now (schema archive). Pages say so; bring it back with jiheng years attach ${year}.` }
      : { zh: `${year} 年度已取回，页面照常显示。`, en: `The year ${year} is back; its pages show it again.` }, tongue);
  } finally {
    await store.close();
  }
}

/** The years as a small table. */
export function describeYears(years: readonly StoredYear[], tongue: Tongue): string {
  const english = tongue === 'en';
  const places = english ? { LIVE: 'in place', ARCHIVE: 'in the archive', DEFAULT: 'no partition of its own' } : { LIVE: '在库', ARCHIVE: '已归档', DEFAULT: '无单独分区' };
  if (years.length === 0) return english ? 'There are no years yet.\n' : '还没有年度。\n';
  return `${years.map(({ year, place, rows, bytes }) => `${year}  ${places[place]}  ${rows.toLocaleString('en')}${english ? ' rows' : ' 行'}  ${Math.ceil(bytes / 1e6)} MB`).join('\n')}\n`;
}

/** Why not, and what to do. */
export function sayObstacle(year: number, obstacle: YearObstacle): Sentence {
  switch (obstacle.why) {
    case 'no-such-year': return { zh: `没有 ${year} 年度的分区，用 jiheng years 查看有哪些年度。`, en: `There are no partitions of ${year}; see the years with jiheng years.` };
    case 'archived-already': return { zh: `${year} 年度已经归档。`, en: `The year ${year} is in the archive already.` };
    case 'not-archived': return { zh: `${year} 年度没有归档，无须取回。`, en: `The year ${year} is not in the archive.` };
    case 'not-over': return { zh: `${year} 年度到 ${obstacle.until} 才结束，结束并全部签字后才能归档。`, en: `The year ${year} ends on ${obstacle.until}; it can be archived when it is over and everything is signed.` };
    case 'open-documents': return {
      zh: `${year} 年度还有未办结的文件：监控表 ${obstacle.reports} 份未签字，自评 ${obstacle.evaluations} 份未审定，目标表 ${obstacle.tables} 份未批复。办结后再归档。`,
      en: `Documents of ${year} are still open: ${obstacle.reports} monitoring reports are not signed, ${obstacle.evaluations} self-evaluations not accepted, ${obstacle.tables} target tables not approved. Finish them first.`,
    };
    case 'runs-under-way': return { zh: `${year} 年度有 ${obstacle.runs} 次区域评分正在进行，结束后再归档。`, en: `${obstacle.runs} regions of ${year} are being scored; archive the year when they are done.` };
    case 'in-default': return { zh: `${year} 年度有 ${obstacle.rows} 行写在其分区建立之前，位于缺省分区，不能整年移走。`, en: `${obstacle.rows} rows of ${year} were written before its partitions were made and lie in the default one; the year cannot be moved whole.` };
    case 'parts-missing': return { zh: `归档中缺少：${obstacle.parts}。请先把这些表恢复到模式 archive（pg_restore），再取回。`, en: `The archive lacks ${obstacle.parts}. Restore these tables into the schema archive (pg_restore), then bring the year back.` };
    case 'rows-differ': return { zh: `${obstacle.part} 归档时有 ${obstacle.expected} 行，现在是 ${obstacle.found} 行，没有取回。请恢复归档时的副本。`, en: `${obstacle.part} held ${obstacle.expected} rows when it was archived and holds ${obstacle.found} now; nothing was brought back. Restore the copy of then.` };
  }
}
