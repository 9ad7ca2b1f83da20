import { serverProgram } from './server-program';
import { refuseCommand, sayInto, type Terminal, type Tongue } from './terminal';

interface RecountProgram { readonly recountRollUp: typeof import('../recount-roll-up').recountRollUp }

/** Marks everything to be counted anew, for the day on which somebody doubts the counts, and says how many marks that made. */
export async function recountEverything(terminal: Terminal, tongue: Tongue): Promise<void> {
  if ((process.env['DATABASE_URL'] ?? '') === '') refuseCommand('请设置环境变量 DATABASE_URL（与服务器相同）。', 'Set DATABASE_URL, as the server has it.');
  const { recountRollUp } = await serverProgram<RecountProgram>('recount-roll-up', { zh: '重新汇总', en: 'Counting anew' });
  const marks = await recountRollUp(process.env);
  sayInto(terminal, {
    zh: `已作 ${marks} 个重新汇总的标记（每个单位每个年度一个），由后台进程逐步汇总；区域汇总页面显示还有多少未计入。`,
    en: `Made ${marks} marks (one for each unit and year); a running worker counts them anew, and the page of the roll-up says how many are still to be counted.`,
  }, tongue);
}
