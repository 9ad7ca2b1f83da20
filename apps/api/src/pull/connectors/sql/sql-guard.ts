import { type Result, ok, refuse } from '@jiheng/domain';

/** Databases whose spelling is understood. */
export type SqlDialect = 'POSTGRES' | 'MYSQL';

/** Parameters a query may name. */
export const SQL_PARAMETERS = ['from', 'to', 'year', 'ordinal', 'period', 'unit'] as const;
export type SqlParameter = (typeof SQL_PARAMETERS)[number];

/** A statement that was looked through, with its parameters as the driver binds them. */
export interface GuardedSelect {
  /** With `$1…` or `?` in the places of the parameters. */
  readonly text: string;
  /** Which parameter is bound in which place; PostgreSQL numbers each name once, MySQL lists every place. */
  readonly bound: readonly SqlParameter[];
}

/** Words that write, lock, lead out of the database or change the session. A column of that name has to be quoted. */
const FORBIDDEN = new Set([
  'insert', 'update', 'delete', 'merge', 'upsert', 'truncate', 'drop', 'alter', 'create', 'grant', 'revoke', 'into', 'outfile', 'dumpfile', 'copy', 'call', 'do', 'handler', 'load', 'lock', 'unlock',
  'share', 'set', 'reset', 'begin', 'commit', 'rollback', 'savepoint', 'prepare', 'execute', 'deallocate', 'declare', 'vacuum', 'analyze', 'listen', 'notify', 'reindex', 'cluster', 'procedure',
]);
/**
 * Functions that read files, reach other servers, run a text as a query, end sessions, wait, or change settings and the server. The list stops slips and
 * the tricks that are known; it cannot know every extension. The last fence is the account, which may read the needed view and nothing else.
 */
const FORBIDDEN_CALL = new RegExp(`^(?:${[
  'pg_read_.*', 'pg_ls_.*', 'pg_stat_file', 'pg_file_.*', 'pg_logdir_ls', 'pg_current_logfile', 'lo_.*', 'loread', 'lowrite', 'dblink.*', 'load_file', 'sys_exec', 'sys_eval',
  'query_to_xml.*', 'cursor_to_xml.*', 'database_to_xml.*', 'table_to_xml.*', 'schema_to_xml.*', 'xpath_table', 'ts_stat', 'ts_rewrite', 'crosstab.*', 'connectby', 'updatexml', 'extractvalue',
  'pg_terminate_backend', 'pg_cancel_backend', 'pg_reload_conf', 'pg_rotate_logfile', 'pg_promote', 'pg_switch_wal', 'pg_wal_replay_.*', 'pg_backup_.*', 'pg_create_.*', 'pg_drop_.*', 'pg_logical_.*',
  'pg_replication_.*', 'pg_export_snapshot', 'pg_log_.*', 'pg_stat_reset.*', 'pg_notify', 'set_config', 'setval', 'nextval',
  'pg_sleep.*', 'pg_advisory_.*', 'pg_try_advisory_.*', 'sleep', 'benchmark', 'get_lock', 'release_lock', 'release_all_locks', 'master_pos_wait', 'source_pos_wait', 'wait_for_executed_gtid_set',
].join('|')})$`, 'u');
const LONGEST = 8_000;
/** As it is copied out of other tools; in quotes it is a text, and no row has it. */
const QUOTED_PARAMETER = new RegExp(`^['"]\\s*:(?:${SQL_PARAMETERS.join('|')})\\s*['"]$`, 'u');

/**
 * Looks a query through sign by sign: one SELECT (or WITH … SELECT) and nothing else, `:name` parameters outside quotes replaced by places that the driver
 * binds. A forbidden function is found however its call is spelled: quoted, behind its schema, with blanks and comments before the bracket, and as
 * `(argument).function`, which PostgreSQL calls as well. What the two databases read differently (backslashes in texts, dollar quotes, `--` without a
 * space, comments in comments) is refused, because a guard that reads otherwise than the database guards nothing.
 * @returns refuses with `pull.sql-malformed`, `pull.sql-not-select` and `pull.sql-parameter-unknown`
 */
export function guardSelect(query: string, dialect: SqlDialect): Result<GuardedSelect> {
  const malformed = (zh: string, en: string): Extract<Result<GuardedSelect>, { ok: false }> => refuse('pull.sql-malformed', { cause: zh, causeEn: en });
  if (query.length > LONGEST) return malformed(`超过 ${LONGEST} 字`, `more than ${LONGEST} characters`);
  // Control characters have no place in a query; a NUL would end it early for some.
  if (/[^\P{Cc}\t\n\r]/u.test(query)) return malformed('含有控制字符', 'it holds control characters');
  const bound: SqlParameter[] = [];
  let text = '';
  let firstWord = '';
  let depth = 0;
  let ended = false;
  let at = 0;
  /** What stood last, blanks and comments left out: the sign itself, `:` for a parameter, `).` for a dot behind a value; for a name also how the database reads it. */
  let last = '';
  let name: string | null = null;
  const after = (token: string, read: string | null = null): void => { last = token; name = read; };
  while (at < query.length) {
    const rest = query.slice(at);
    const space = /^\s+/u.exec(rest)?.[0];
    if (space !== undefined) { text += space; at += space.length; continue; }
    const comment = commentOf(rest, dialect);
    if (comment === 'malformed') return malformed('注释写法有歧义，请删去注释', 'a comment can be read in two ways; take it out');
    if (comment !== null) { text += ' '; at += comment; continue; }
    if (ended) return malformed('只能有一条语句', 'there may be one statement only');
    if (rest.startsWith(';')) { ended = true; at += 1; continue; }
    const quoted = quotedOf(rest, dialect);
    if (quoted === 'malformed') return malformed('引号没有成对，或引号中有反斜杠', 'a quotation mark is not closed, or there is a backslash in quotes');
    if (quoted !== null) {
      if (QUOTED_PARAMETER.test(quoted)) return malformed(`参数 ${quoted.slice(1, -1).trim()} 不要加引号`, `write the parameter ${quoted.slice(1, -1).trim()} without quotes`);
      const read = nameIn(quoted, dialect);
      if (firstWord === '' || (read !== null && last === ').' && FORBIDDEN_CALL.test(read))) return refuse('pull.sql-not-select', { word: quoted });
      after(quoted, read); text += quoted; at += quoted.length; continue;
    }
    const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)?.[0];
    if (word !== undefined) {
      const lower = word.toLowerCase();
      if (firstWord === '') {
        if (lower !== 'select' && lower !== 'with') return refuse('pull.sql-not-select', { word });
        firstWord = lower;
      }
      if (FORBIDDEN.has(lower) || (last === ').' && FORBIDDEN_CALL.test(lower))) return refuse('pull.sql-not-select', { word });
      // U&"pg!005fread_file" UESCAPE '!' spells a name in code points.
      if (dialect === 'POSTGRES' && lower === 'u' && rest.startsWith('&"', 1)) return malformed('不能用 U&"…" 写名称', 'a name may not be written as U&"…"');
      after(word, lower); text += word; at += word.length; continue;
    }
    if (dialect === 'POSTGRES' && rest.startsWith('::')) { after('::'); text += '::'; at += 2; continue; }
    const named = /^:([\p{L}_][\p{L}\p{N}_]*)/u.exec(rest);
    if (named !== null) {
      const parameter = named[1] as SqlParameter;
      if (!SQL_PARAMETERS.includes(parameter)) return refuse('pull.sql-parameter-unknown', { name: parameter });
      after(':'); text += placeOf(parameter, bound, dialect); at += named[0].length; continue;
    }
    const sign = rest[0] as string;
    if (sign === '(') depth += 1;
    if (sign === ')' && (depth -= 1) < 0) return malformed('括号没有成对', 'the brackets do not match');
    // `$1`, `?` and `@x` would be places and variables of the driver and the session; `{` opens an ODBC escape; braces and backslashes mean nothing in a SELECT.
    if (!/^[0-9.,()*/+\-<>=!%|&^~[\]#:]$/u.test(sign) || (sign === '#' && dialect === 'MYSQL')) return malformed(`不能有“${sign}”`, `“${sign}” is not allowed`);
    if (firstWord === '' && sign !== '(') return refuse('pull.sql-not-select', { word: sign });
    if (sign === '(' && name !== null && FORBIDDEN_CALL.test(name)) return refuse('pull.sql-not-select', { word: last });
    after(sign === '.' && dialect === 'POSTGRES' && /^[)\]:]$/u.test(last) ? ').' : sign); text += sign; at += 1;
  }
  if (firstWord === '') return refuse('pull.sql-not-select', { word: '…' });
  if (depth !== 0) return malformed('括号没有成对', 'the brackets do not match');
  return ok({ text: text.trim(), bound });
}

/** Length of a comment at the beginning; null for none. */
function commentOf(rest: string, dialect: SqlDialect): number | 'malformed' | null {
  if (rest.startsWith('--')) {
    // MySQL reads `5--1` as a sum, PostgreSQL as a comment.
    if (!/^--(?:\s|$)/u.test(rest)) return 'malformed';
    const end = rest.search(/[\r\n]/u);
    return end < 0 ? rest.length : end;
  }
  if (rest.startsWith('#') && dialect === 'MYSQL') return 'malformed';
  if (!rest.startsWith('/*')) return null;
  const end = rest.indexOf('*/', 2);
  // `/*!` is run by MySQL, `/*+` is a hint, and comments nest in PostgreSQL only.
  if (end < 0 || /^\/\*[!+mM]/u.test(rest) || rest.slice(2, end).includes('/*')) return 'malformed';
  return end + 2;
}

/** A quoted text or name at the beginning; doubled marks stay inside. */
function quotedOf(rest: string, dialect: SqlDialect): string | 'malformed' | null {
  const mark = rest[0];
  if (mark !== "'" && mark !== '"' && mark !== '`') return null;
  if (mark === '`' && dialect === 'POSTGRES') return 'malformed';
  for (let at = 1; at < rest.length; at += 1) {
    if (rest[at] === '\\') return 'malformed';
    if (rest[at] !== mark) continue;
    if (rest[at + 1] !== mark) return rest.slice(0, at + 1);
    at += 1;
  }
  return 'malformed';
}

/**
 * A quoted name as the database reads it; null for a text. PostgreSQL keeps the case of a quoted name, MySQL calls a function in any case, and reads `"…"` as
 * a name when its server says so (ANSI_QUOTES).
 */
function nameIn(quoted: string, dialect: SqlDialect): string | null {
  const mark = quoted[0] as string;
  if (mark === "'") return null;
  const name = quoted.slice(1, -1).replaceAll(mark + mark, mark);
  return dialect === 'POSTGRES' ? name : name.toLowerCase();
}

function placeOf(name: SqlParameter, bound: SqlParameter[], dialect: SqlDialect): string {
  const known = bound.indexOf(name);
  if (dialect === 'POSTGRES' && known >= 0) return `$${known + 1}`;
  bound.push(name);
  return dialect === 'POSTGRES' ? `$${bound.length}` : '?';
}
