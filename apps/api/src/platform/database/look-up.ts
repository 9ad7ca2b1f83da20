/**
 * Rows of a table looked up by a key, as the right side of a join that cannot be planned as anything else. A plan that is made once and kept is made for the tables as they are at that
 * moment: while a year holds no score, walking all of its scores costs no more than looking one up, PostgreSQL may choose the walk (it did, where the empty table had been analysed),
 * and hours later every save walks through a hundred thousand scores. Behind the fence (`offset 0`) the key is a condition of the rows and no longer one of the join.
 * Where more than one index knows a part of the key, more of what is known belongs into it: an index that is led by its year alone walks as far.
 * @param where the key, compared with what stands to the left of it; `table` itself has no other name in it
 */
function fenced(table: string, alias: string, where: string): string {
  return `lateral (select * from ${table} where ${where} offset 0) ${alias}`;
}

/** {@link fenced} as `join`: without such a row there is none. */
export const lookUp = (table: string, alias: string, where: string): string => `cross join ${fenced(table, alias, where)}`;

/** {@link fenced} as `left join`: without such a row its columns are null. */
export const lookUpAny = (table: string, alias: string, where: string): string => `left join ${fenced(table, alias, where)} on true`;
