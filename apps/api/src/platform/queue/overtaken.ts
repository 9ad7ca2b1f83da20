/**
 * SQL that tells whether a failed job asks nobody for anything any more, because a later one of the same kind succeeded: of the same subject where it has one (whichever period a source was asked for,
 * it works again), otherwise of the same name, title and unit.
 * @param job alias of the row of `job_run`
 */
export function overtaken(job: string): string {
  return `(${job}.state = 'FAILED' and case when ${job}.subject is not null
    then exists (select 1 from job_run later where later.subject = ${job}.subject and later.state = 'DONE' and later.finished_at > ${job}.finished_at)
    else exists (select 1 from job_run later where later.name = ${job}.name and later.title_zh = ${job}.title_zh and later.unit_id is not distinct from ${job}.unit_id and later.id > ${job}.id and later.state = 'DONE') end)`;
}
