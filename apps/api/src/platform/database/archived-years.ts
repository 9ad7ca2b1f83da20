import { Injectable } from '@nestjs/common';
import { Prepared } from './prepared';

/** How long a process may go on not knowing that a year was set aside or brought back. */
const KNOWN_FOR_MS = 5_000;

/** Which years are in the archive, as known to this process: asked once in five seconds, not once a request. */
@Injectable()
export class ArchivedYears {
  private known: ReadonlySet<number> = new Set();
  private knownUntil = 0;

  constructor(private readonly prepared: Prepared) {}

  async all(): Promise<ReadonlySet<number>> {
    if (Date.now() >= this.knownUntil) {
      const rows = await this.prepared.rows<{ year: number }>('archived-years', 'select fiscal_year as year from archived_year', []);
      this.known = new Set(rows.map(({ year }) => year));
      this.knownUntil = Date.now() + KNOWN_FOR_MS;
    }
    return this.known;
  }

  async has(year: number): Promise<boolean> {
    return (await this.all()).has(year);
  }
}
