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

  it('two statements, however they are hidden', () => {
    for (const query of ['select 1; select 2', 'select 1;;select 2', 'select 1; -- x\nselect 2', "select ';'; select 2", 'select 1) as x; drop table t; --', 'select 1;/**/drop table t']) expect([query, code(query)]).toEqual([query, expect.stringMatching(/^pull\.sql-/u)]);
  });
  it('what the two databases read differently is refused rather than guessed', () => {
    for (const query of ["select 'a\\'; drop table t; --'", 'select 5--1', 'select /* a /* b */ c */ 1', 'select $tag$ ; drop $tag$', 'select $1', 'select ?', 'select `a`', "select 'open", 'select (1', 'select 1)', 'select 1 \u0000', 'select {fn now()}']) {
      expect([query, code(query)]).toEqual([query, 'pull.sql-malformed']);
    }
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
