import fc from 'fast-check';
import { guardSelect } from './sql-guard';

const code = (query: string, dialect: 'POSTGRES' | 'MYSQL' = 'POSTGRES'): string => { const read = guardSelect(query, dialect); return read.ok ? read.value.text : read.refusal.code; };

describe('the one query that a source may run', () => {
  it('binds the period and the unit, and writes none of them into the text', () => {
    const read = guardSelect('select code, n from t where d between :from and :to and d >= :from::date and unit = :unit', 'POSTGRES');
    expect(read.ok && read.value).toEqual({ text: 'select code, n from t where d between $1 and $2 and d >= $1::date and unit = $3', bound: ['from', 'to', 'unit'] });
    const mysql = guardSelect('select code, n from t where d between :from and :to and e >= :from', 'MYSQL');
    expect(mysql.ok && mysql.value).toEqual({ text: 'select code, n from t where d between ? and ? and e >= ?', bound: ['from', 'to', 'from'] });
  });
  it('leaves alone what only looks like a parameter or a second statement: casts, texts, quoted names, comments', () => {
    expect(code("select ':from; drop table t' as a, \"up;date\" as b, x::text -- :to; delete\nfrom t /* ; insert */ where y = 'it''s'")).toBe("select ':from; drop table t' as a, \"up;date\" as b, x::text  \nfrom t   where y = 'it''s'");
  });
  it('takes a query with a last semicolon, with brackets around it, and one that begins with WITH', () => {
    expect(code('select 1;\n ')).toBe('select 1');
    expect(code('(select 1) union (select 2)')).toBe('(select 1) union (select 2)');
    expect(code('with a as (select 1 as n) select n from a')).toBe('with a as (select 1 as n) select n from a');
    expect(code('select 编码, 数值 from 参保统计 where 年度 = :year')).toBe('select 编码, 数值 from 参保统计 where 年度 = $1');
  });

  it.each([
    'insert into t values (1)', 'update t set a = 1', 'delete from t', 'drop table t', 'truncate t', 'copy t to program \'x\'', 'call f()', 'do $$ begin end $$', 'set role postgres', 'explain analyze delete from t',
    'with a as (delete from t returning *) select * from a', 'with a as (insert into t values (1) returning *) select * from a', 'select * into u from t', 'select * from t for update', 'select * from t for no key update',
    'select * from t for share', 'select pg_sleep(600)', "select pg_read_file('/etc/passwd')", "select * from dblink('host=10.0.0.1', 'select 1') as t(a int)", 'select pg_terminate_backend(1)', "select set_config('transaction_read_only', 'off', false)",
    "select lo_import('/etc/passwd')", 'select pg_advisory_lock (1)', 'values (1)', 'table t', '', '   ', ';', '"select" 1',
  ])('not: %s', (query) => { expect(['pull.sql-not-select', 'pull.sql-malformed']).toContain(code(query)); });

  it.each(["select 1 into outfile '/tmp/x'", "select load_file('/etc/passwd')", 'select sleep(600)', 'select benchmark(1000000, md5(1))', 'select 1 from t lock in share mode', 'select /*!50000 1 */', 'select 1 # and more', 'handler t open', 'select @@version'])('nor of MySQL: %s', (query) => {
    expect(['pull.sql-not-select', 'pull.sql-malformed']).toContain(code(query, 'MYSQL'));
  });

  // What a person with a password could hand to a database by another spelling: each of these ran past a guard that only looked for `name(`.
  const DANGEROUS = ['pg_read_file', 'pg_ls_dir', 'lo_import', 'pg_sleep', 'pg_terminate_backend', 'dblink', 'dblink_exec', 'set_config', 'query_to_xml', 'ts_stat', 'pg_advisory_lock', 'setval'];
  const SPELLINGS: readonly (readonly [string, (name: string) => string])[] = [
    ['plain', (name) => `${name}('x')`], ['in capitals', (name) => `${name.toUpperCase()}('x')`], ['blanks', (name) => `${name} \n\t('x')`], ['a comment', (name) => `${name}/**/('x')`],
    ['a line comment', (name) => `${name} -- why\n ('x')`], ['comments and blanks', (name) => `${name} /* a */ /* b */ ('x')`], ['quoted', (name) => `"${name}"('x')`],
    ['quoted, then a comment', (name) => `"${name}" /* ( */ ('x')`], ['with its schema', (name) => `pg_catalog.${name}('x')`], ['schema and name quoted', (name) => `"pg_catalog"."${name}"('x')`],
    ['schema, blanks and comments', (name) => `pg_catalog /**/ . /**/ "${name}" /**/ ('x')`], ['code points', (name) => `U&"${name.replace('_', '!005f')}" UESCAPE '!' ('x')`], ['code points, small', (name) => `u&"${name}"('x')`],
    ['as a member of a value', (name) => `('x'::text).${name}`], ['as a quoted member', (name) => `('x'::text) /**/ . "${name}"`], ['as a member of an element', (name) => `(array['x'])[1].${name}`], ['as a member of a parameter', (name) => `:unit.${name}`],
  ];
  it.each(SPELLINGS)('a dangerous function of PostgreSQL is found however its call is written: %s', (_how, call) => {
    for (const name of DANGEROUS) {
      for (const query of [`select ${call(name)} as key, 1 as value`, `select 1 as key from t where exists (select ${call(name)})`, `with a as (select ${call(name)} as n) select n from a`]) {
        expect([query, code(query)]).toEqual([query, expect.stringMatching(/^pull\.sql-(?:not-select|malformed)$/u)]);
      }
    }
  });
  it.each<[string, (name: string) => string]>([
    ['back-quoted', (name) => `\`${name}\`('x')`], ['back-quoted in capitals', (name) => `\`${name.toUpperCase()}\` /**/ ('x')`], ['quoted, as a server with ANSI_QUOTES reads it', (name) => `"${name}" ('x')`],
    ['a comment', (name) => `${name}/**/('x')`], ['a comment that MySQL runs', (name) => `/*!50000 ${name}('x') */`], ['a comment that MariaDB runs', (name) => `/*M!100000 ${name}('x') */`],
  ])('and of MySQL: %s', (_how, call) => {
    for (const name of ['load_file', 'sleep', 'benchmark', 'get_lock', 'sys_exec', 'updatexml']) {
      const query = `select ${call(name)} as a`;
      expect([query, code(query, 'MYSQL')]).toEqual([query, expect.stringMatching(/^pull\.sql-(?:not-select|malformed)$/u)]);
    }
  });
  it('any run of blanks and comments between a name and its bracket hides nothing', () => {
    const gap = fc.array(fc.constantFrom(' ', '\n', '\t', '/**/', '/* ( */', '-- )\n', "/* ' */", '/* " */'), { maxLength: 6 }).map((parts) => parts.join(''));
    const name = fc.constantFrom(...DANGEROUS).chain((plain) => fc.constantFrom(plain, plain.toUpperCase(), `"${plain}"`));
    fc.assert(fc.property(name, gap, gap, (called, before, behind) => code(`select${before} ${called}${behind}('x') as a`) === 'pull.sql-not-select'));
  });
  it('what is only called like a function is a column, a text or an alias: a guard that refuses figures is switched off', () => {
    for (const query of ['select sleep, benchmark from t', 'select t.sleep from t', 'select "pg_read_file" from t', "select 'pg_read_file' as a", 'select u & "n" from t', 'select (a).n from t', 'select n as "dblink" from t where n in (1, 2)',
      'select "PG_SLEEP"(1)', "select coalesce(n, 0) as 数值, date_trunc('month', d) as 月 from t", 'select (t).*, :unit as unit from t']) {
      expect([query, code(query)]).toEqual([query, expect.stringMatching(/^select /u)]);
    }
    for (const query of ['select `sleep`, `load_file` from t where `sleep` > (1)', 'select concat("sleep", 1)', 'select `n` from t where n in ("sleep", 2)']) expect([query, code(query, 'MYSQL')]).toEqual([query, query]);
  });

  it('two statements, however they are hidden', () => {
    for (const query of ['select 1; select 2', 'select 1;;select 2', 'select 1; -- x\nselect 2', "select ';'; select 2", 'select 1) as x; drop table t; --', 'select 1;/**/drop table t']) expect([query, code(query)]).toEqual([query, expect.stringMatching(/^pull\.sql-/u)]);
  });
  it('what the two databases read differently is refused rather than guessed', () => {
    for (const query of ["select 'a\\'; drop table t; --'", 'select 5--1', 'select /* a /* b */ c */ 1', 'select $tag$ ; drop $tag$', 'select $1', 'select ?', 'select `a`', "select 'open", 'select (1', 'select 1)', 'select 1 \u0000', 'select {fn now()}']) {
      expect([query, code(query)]).toEqual([query, 'pull.sql-malformed']);
    }
  });
  it('a parameter in quotes is a text that no row has, so the quotes are named', () => {
    for (const dialect of ['POSTGRES', 'MYSQL'] as const) for (const written of ["':period'", '":from"', "' :unit '"]) {
      const read = guardSelect(`select 1 as k where q = ${written}`, dialect);
      expect(read.ok ? '' : [read.refusal.code, read.refusal.params['cause']]).toEqual(['pull.sql-malformed', `参数 ${written.slice(1, -1).trim()} 不要加引号`]);
    }
    expect(guardSelect("select ':periods' as k, '12:30:from' as t", 'POSTGRES').ok).toBe(true);
  });
  it('a parameter that does not exist is named', () => {
    const read = guardSelect('select * from t where a = :password', 'POSTGRES');
    expect(read.ok ? null : [read.refusal.code, read.refusal.params['name']]).toEqual(['pull.sql-parameter-unknown', 'password']);
  });
  it('every single sign of a text before a quote keeps the guard in step', () => {
    // Whatever a text holds, what follows it is seen: the semicolon outside is always found.
    for (let at = 32; at < 127; at += 1) {
      const sign = String.fromCharCode(at);
      const text = `select '${sign === "'" ? "''" : sign}' as a; drop table t`;
      expect([text, code(text)]).toEqual([text, 'pull.sql-malformed']);
    }
  });
});
