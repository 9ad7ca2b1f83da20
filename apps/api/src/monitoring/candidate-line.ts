/**
 * The line in which the values of several sources wait beside one cell, as SQL. The database lets one candidate of a cell be open (`candidate_one_open`) and settles
 * each once (`candidate_settled_once`), so a line is told by what is appended:
 *
 * - in front: the open one, the newest that was offered or brought forward;
 * - behind it: the last word of each other source, settled as REPLACED when another came to the front;
 * - standing again: whoever comes forward, or whose acceptance was taken back, is appended once more, under the id of the candidate it repeats instead of that of an
 *   observation. A candidate stands again once at most (`candidate_observation_once`); its repetition may do so in turn.
 */

/** Whether two candidates of a cell are of one source: by the source itself where both know it, by its name otherwise (a document, or one that agreed at once in earlier years). */
const sameSource = (a: string, b: string): string => `${a}.origin = ${b}.origin and (${a}.source_id = ${b}.source_id or (num_nulls(${a}.source_id, ${b}.source_id) > 0 and ${a}.source_name = ${b}.source_name))`;

/** Whether a candidate was appended once more, and its own settlement is history. */
export const standsAgain = (c: string): string => `exists (select 1 from candidate again where again.observation_id = ${c}.id)`;

/** Whether a candidate gave way to another source's: its own source has said nothing since. Ids rise in the order of making. */
export const gaveWay = (c: string): string => `(${c}.settlement = 'REPLACED' and not ${standsAgain(c)}
  and not exists (select 1 from candidate later where later.report_id = ${c}.report_id and later.indicator_key = ${c}.indicator_key and later.id > ${c}.id and ${sameSource('later', c)}))`;

/** Whether a candidate waits behind the one in front. */
export const waitsBehind = (c: string): string => `(${gaveWay(c)}
  and exists (select 1 from candidate front where front.report_id = ${c}.report_id and front.indicator_key = ${c}.indicator_key and front.settled_at is null))`;

/** The observation that a candidate goes back to, however often it stood again. */
export const observationOf = (c: string): string => `(with recursive back as (select ${c}.observation_id as id union all select b.observation_id from back join candidate b on b.id = back.id)
  select back.id from back where not exists (select 1 from candidate b where b.id = back.id))`;
