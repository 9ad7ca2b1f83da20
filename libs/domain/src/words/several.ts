import { REFUSAL_WORDS } from './refusal-words';
import { patternOf } from './retell';
import type { Words } from './speak';

/** Refusals that several sources or jobs met alike, in a sentence that is true of all of them. `{n}` is how many; another mark holds what the single sentences say there, each once. */
const OF_SEVERAL: Readonly<Record<string, Words>> = {
  'pull.not-allowed': { zh: '{n} 个取数来源拒绝访问（{status}），请各来源的负责人核对授权后再取数。', en: '{n} sources refused access ({status}). Their owners have to check the authorisation, then pull again.' },
  'pull.source-away': { zh: '{n} 个取数来源没有应答（{cause}）。请稍后再试；一直没有应答的，请联系对方维护人员。', en: '{n} sources did not answer ({cause}). Try again later; where they stay away, ask their operators.' },
  'pull.source-away-paused': { zh: '{n} 个取数来源没有应答（{cause}），均已暂停取数。请联系对方维护人员排除故障，再由本单位填报人或系统管理员在“取数来源”中逐个恢复取数。', en: '{n} sources did not answer ({cause}) and are paused. Ask their operators to mend the cause; then a reporter or an administrator of the unit resumes each of them under “Pull sources”.' },
  'pull.file-unsettled-paused': { zh: '{n} 个取数来源的文件每次去取都正在写入或刚被移走，均已暂停取数。请文件夹的提供方写完后再放入，再在“取数来源”中逐个恢复取数。', en: 'Whenever they were looked at, the files of {n} sources were being written or had just been taken away; they are paused. Have whole files moved in, then resume each of them under “Pull sources”.' },
  'pull.source-paused': { zh: '{n} 个取数来源已暂停或停用，没有取数。请先排除故障并逐个恢复，再取数或重试。', en: '{n} sources are paused or switched off; nothing was pulled. First mend the cause and resume each of them, then pull or try again.' },
  'pull.unreadable-body': { zh: '{n} 个取数来源返回的内容无法读取（{cause}）。原文已留存，请对照各来源的取数设置核对。', en: 'What {n} sources answered cannot be read ({cause}). The originals are kept; compare them with the settings of each source.' },
  'house.job-failed': { zh: '{n} 项任务处理时发生故障，编号见各任务。您可以重试；仍不成功请把编号告诉管理员。', en: 'The work of {n} jobs failed; each says its number. You may retry; if it fails again, tell the administrator the numbers.' },
};
const OF_SOURCES: Words = { zh: '{n} 个取数来源因同一类原因取数失败，各来源的说明见下方的任务。', en: '{n} sources failed for causes of one kind; the jobs below say what is the matter with each.' };
const OF_JOBS: Words = { zh: '{n} 项任务因同一类原因失败，各自的说明见下方的任务。', en: '{n} jobs failed for causes of one kind; each of them below says which.' };

/**
 * What keeps several from passing that met the same refusal: their own sentence where they all say the same, otherwise one that names none of them.
 * @param code the refusal
 * @param n how many sources, or jobs, they are
 * @param sentences what each of them says
 */
export function saySeveral(code: string, n: number, sentences: readonly Words[]): Words {
  const [first] = sentences;
  if (first !== undefined && sentences.every((one) => one.zh === first.zh)) return { zh: first.zh, en: first.en };
  const words = (Object.hasOwn(OF_SEVERAL, code) ? OF_SEVERAL[code] : undefined) ?? (code.startsWith('pull.') ? OF_SOURCES : OF_JOBS);
  const single: Words | null = Object.hasOwn(REFUSAL_WORDS, code) ? REFUSAL_WORDS[code as keyof typeof REFUSAL_WORDS] : null;
  const fill = (language: 'zh' | 'en'): string => {
    const said = single === null ? [] : sentences.map((one) => patternOf(single[language]).exec(one[language])?.groups ?? {});
    return words[language].replace('{n}', String(n)).replace(/（\{(\w+)\}）| \(\{(\w+)\}\)/gu, (_, zhMark: string | undefined, enMark: string | undefined) => {
      const values = [...new Set(said.flatMap((one) => one[zhMark ?? enMark ?? ''] ?? []))];
      // An older wording does not tell, and a long list tells nobody anything.
      if (values.length === 0 || values.length > 3) return '';
      return language === 'zh' ? `（${values.join('；')}）` : ` (${values.join('; ')})`;
    });
  };
  return { zh: fill('zh'), en: fill('en') };
}
