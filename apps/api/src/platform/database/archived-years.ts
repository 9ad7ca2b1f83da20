import { Injectable } from '@nestjs/common';
import { Prepared } from './prepared';
import type { Db } from './tx';

/** How long a process may go on not knowing that a year was set aside or brought back. */
const KNOWN_FOR_MS = 5_000;
const YEARS = 'select fiscal_year as year from archived_year';

/** Which years are in the archive, as known to this process: asked once in five seconds, not once a request. */
@Injectable()
export class ArchivedYears {
  private known: ReadonlySet<number> = new Set();
  private knownUntil = 0;

  constructor(private readonly prepared: Prepared) {}

  async all(): Promise<ReadonlySet<number>> {
    return this.knownOr(() => this.prepared.rows<{ year: number }>('archived-years', YEARS, []));
  }

  /** @param db inside a deed its own: a deed that holds a connection must not wait for another */
  async has(year: number, db?: Db): Promise<boolean> {
    return (await (db === undefined ? this.all() : this.knownOr(() => db.manager.query<{ year: number }[]>(YEARS)))).has(year);
  }

  private async knownOr(read: () => Promise<{ year: number }[]>): Promise<ReadonlySet<number>> {
    if (Date.now() >= this.knownUntil) {
      const rows = await read();
      this.known = new Set(rows.map(({ year }) => year));
      this.knownUntil = Date.now() + KNOWN_FOR_MS;
    }
    return this.known;
  }
}
