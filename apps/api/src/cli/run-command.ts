import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { whyPostgresIsNotTrusted } from '../platform/config/postgres-trust';
import { isDatabaseAway } from '../platform/database/sql-state';
import type { ImportFlags } from './import.command';
import type { ScoreFlags } from './score.command';
import { CommandRefusal, sayInto, type Sentence, type Terminal, type Tongue } from './terminal';

/** Exit codes: the deed is done; what was given could not be taken; a fault of ours. */
const DONE = 0;
const REFUSED = 2;
const FAULT = 1;

/**
 * Runs one command of `jiheng`. Results go to standard output, everything else to standard error.
 * @returns the exit code: 0 done, 2 refused, 1 a fault
 */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let tongue: Tongue = 'both';
  const program = commandsOf(terminal, () => tongue);
  // As soon as it is read: a command that is misused comes to no action.
  program.on('option:lang', () => {
    tongue = program.opts<{ lang?: Tongue }>().lang ?? 'both';
  });
  try {
    if (args.length === 0) program.help();
    await program.parseAsync(args, { from: 'user' });
    return DONE;
  } catch (fault) {
    if (fault instanceof CommandRefusal) {
      for (const sentence of fault.sentences) sayInto(terminal, sentence, tongue);
      return REFUSED;
    }
    if (fault instanceof CommanderError) {
      if (fault.exitCode === 0) return DONE;
      sayInto(terminal, sayMisuse(fault), tongue);
      return REFUSED;
    }
    const unreached = whyUnreached(fault);
    if (unreached !== null) {
      sayInto(terminal, unreached, tongue);
      return REFUSED;
    }
    sayInto(terminal, { zh: '命令出现故障。', en: 'The command failed.' }, tongue);
    terminal.err(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
    return FAULT;
  }
}

function commandsOf(terminal: Terminal, tongue: () => Tongue): Command {
  const program = new Command('jiheng')
    // Lines that fit a terminal: what is wrapped can no longer be told apart.
    .description('绩衡：绩效目标表的读取与评分，以及服务器数据的维护。\n  不需要数据库：import --dry-run、score、templates、profiles\n  需要数据库：import、rotate-secrets、years、roll-up\n  用哪个数据库：正在运行的 npm start 的，或 DATABASE_URL 指的\nJiheng: reads and scores performance-target tables, and keeps a server’s data.\n  Without a database: import --dry-run, score, templates, profiles\n  With a database: import, rotate-secrets, years, roll-up\n  Which one: that of the running npm start, or the one of DATABASE_URL')
    .addOption(new Option('--lang <language>', '只用一种语言 / speak one language only').choices(['zh', 'en']))
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined })
    .helpOption('-h, --help', '显示用法 / show usage')
    .helpCommand('help [command]', '显示某个命令的用法 / show the usage of a command')
    .exitOverride();

  program
    .command('import')
    .description('读取文件中的绩效目标表：.docx .xlsx .pdf .csv .txt .html .md .xls .doc .wps；不加 --dry-run 则存入数据库\nRead the target tables of documents; without --dry-run store them in the database.')
    .argument('<file...>', '文件 / files')
    .option('--dry-run', '只读取并显示，不存入系统 / read and print, store nothing')
    .option('--json', '按文件格式输出 JSON / print JSON in the file format')
    .option('--each', '与 --dry-run 合用：读一份输出一行 JSON，读不了的文件不影响其他文件 / with --dry-run: a line of JSON a file as it is read; one that cannot be read keeps no other out')
    .option('--template <file>', '另加的表样（JSON），可多次 / a further form template (JSON), may be repeated', (path, before: readonly string[]) => [...before, path], [])
    .option('--unit <code>', '文件所属单位的编码；不填则按文件中的单位名称 / code of the unit; without it, as the document names it')
    .option('--by <login>', '以谁的名义写草稿（登录名） / login of the person in whose name drafts are written')
    .option('--accept', '直接采纳为草稿，不经网页核对 / accept as drafts at once, without the staging page')
    .option('--reason <text>', '已批复的表被调整的理由 / why tables in force are adjusted')
    .addOption(new Option('--year <year>', '表中没有年度时采用的年度 / fiscal year for tables that name none').argParser(readYear))
    .action(async (files: string[], flags: ImportFlags) => {
      const { importDocuments } = await import('./import.command');
      await importDocuments(files, flags, terminal, tongue());
    });

  program
    .command('score')
    .description('按评分规则计算一张表的得分，逐项说明计算过程\nScore one table; every point with the steps that led to it.')
    .argument('<file>', '评分文件（JSON）/ score file (JSON)')
    .option('--profile <name>', '评分规则的名称，或规则文件 .json / name of a rule profile, or a .json file with one')
    .option('--closed', '年度已截止：未填报的指标记 0 分 / the year is closed: a silent row earns zero')
    .option('--json', '按文件格式输出 JSON / print JSON in the file format')
    .action(async (file: string, flags: ScoreFlags) => {
      const { scoreDocument } = await import('./score.command');
      await scoreDocument(file, flags, terminal, tongue());
    });

  program
    .command('templates')
    .description('列出认识的表样：各列及其写法\nList the forms that are known, with their columns and spellings.')
    .argument('[file...]', '另加的表样（JSON），先行校验 / further form templates (JSON) to check')
    .option('--json', '输出 JSON，可作为自定义表样的样本 / print JSON, a pattern for templates of your own')
    .action(async (files: string[], flags: { json?: boolean }) => {
      const { listTemplates } = await import('./templates.command');
      await listTemplates(files, flags, terminal, tongue());
    });

  program
    .command('profiles')
    .description('列出评分规则及其全部参数和依据\nList the rule profiles with their parameters and clauses.')
    .option('--json', '输出 JSON / print JSON')
    .action(async (flags: { json?: boolean }) => {
      const { listProfiles } = await import('./profiles.command');
      listProfiles(flags, terminal, tongue());
    });

  program
    .command('rotate-secrets')
    .description('用 JIHENG_SECRET_KEY 的第一个密钥重新加密全部取数密码；完成后即可去掉旧密钥\nSeal the passwords of all sources with the first key of JIHENG_SECRET_KEY; old keys can go afterwards.')
    .action(async () => {
      const { rotateStoredSecrets } = await import('./rotate-secrets.command');
      await rotateStoredSecrets(terminal, tongue());
    });

  const years = program.command('years').description('整年的数据：列出、归档、取回\nWhole years of data: list them, set one aside, bring one back.').option('--json', '输出 JSON / print JSON').action(async (flags: { json?: boolean }) => {
    const { workWithYears } = await import('./years.command');
    await workWithYears('list', null, flags, terminal, tongue());
  });
  for (const [deed, words] of [['detach', '把一个已办结的年度移入归档\nSet a finished year aside.'], ['attach', '取回一个归档的年度\nBring an archived year back.']] as const) {
    years.command(deed).description(words).argument('<year>', '年度 / fiscal year', readYear).action(async (year: number) => {
      const { workWithYears } = await import('./years.command');
      await workWithYears(deed, year, {}, terminal, tongue());
    });
  }

  program.command('roll-up').description('区域汇总\nThe roll-up of regions.')
    .command('recount').description('对汇总数有疑问时，全部重新汇总\nHave everything counted anew, on the day on which somebody doubts the counts.').action(async () => {
      const { recountEverything } = await import('./roll-up.command');
      await recountEverything(terminal, tongue());
    });
  return program;
}

/** A database that cannot be reached or entered, or a setting that cannot be read, is for the operator to mend; null: something else went wrong. */
function whyUnreached(fault: unknown): Sentence | null {
  if (!(fault instanceof Error)) return null;
  // The settings are read by the server's own bundle, whose classes are not those here.
  if (fault.message.startsWith('环境变量有误')) return { zh: fault.message, en: fault.message };
  const untrusted = whyPostgresIsNotTrusted(fault, process.env['DATABASE_URL'] ?? '');
  if (untrusted !== null) return untrusted;
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  if (code === 'ENOTFOUND' || isDatabaseAway(fault)) {
    // A server that is too busy to answer in time gives no code.
    const why = code === '' ? { zh: '没有及时回应', en: 'no answer in time' } : { zh: code, en: code };
    return { zh: `连不上 DATABASE_URL 指的数据库（${why.zh}）。请确认 PostgreSQL 正在运行，地址和端口与服务器所用的相同。`, en: `The database of DATABASE_URL cannot be reached (${why.en}). See that PostgreSQL runs and that host and port are those of the server.` };
  }
  if (['28P01', '28000', '3D000'].includes(code)) {
    return { zh: `数据库拒绝了 DATABASE_URL 中的用户、密码或库名（${code}）。请用服务器所用的同一个 DATABASE_URL。`, en: `The database does not accept the user, password or name in DATABASE_URL (${code}). Use the same DATABASE_URL as the server.` };
  }
  return null;
}

/** A misused command in a sentence; commander's own message names the word. */
function sayMisuse({ code, message }: CommanderError): Sentence {
  const word = /'([^']*)'/u.exec(message)?.[1] ?? '';
  const hint = { zh: '用 jiheng help 查看用法', en: 'see jiheng help' };
  const say = (zh: string, en: string): Sentence => ({ zh: `${zh}，${hint.zh}。`, en: `${en}; ${hint.en}.` });
  switch (code) {
    case 'commander.unknownCommand':
      return say(`没有命令“${word}”`, `There is no command “${word}”`);
    case 'commander.unknownOption':
      return say(`没有选项“${word}”`, `There is no option “${word}”`);
    case 'commander.missingArgument':
      return word === 'year' ? say('缺少年度，如 2024', 'A year such as 2024 is missing') : say('缺少文件名', 'A file name is missing');
    case 'commander.optionMissingArgument':
      return say(`选项“${word}”后面缺少内容`, `The option “${word}” needs a value`);
    case 'commander.help':
      return say('没有说要做什么', 'It is not said what is to be done');
    case 'commander.excessArguments':
      return say('有不认识的词或多写了参数', 'A word is not known, or there are too many');
    case 'commander.invalidArgument':
      return message.includes("for argument 'year'") ? say(`“${word}”不是年度，应为四位年份，如 2024`, `“${word}” is no year; four digits such as 2024 are expected`)
        : say(`选项“${word}”的内容不对`, `The value of “${word}” is not acceptable`);
    default:
      return say(`命令写法有误（${message}）`, `The command is not understood (${message})`);
  }
}

function readYear(text: string): number {
  if (!/^(?:19|20)\d{2}$/u.test(text)) throw new InvalidArgumentError('应为年份，如 2024 / a year such as 2024 is expected');
  return Number(text);
}
