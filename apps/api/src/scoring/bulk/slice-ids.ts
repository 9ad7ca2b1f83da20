import type { Client } from 'pg';

/** Of fewer ids than this the way to lay them down is longer than the reading. */
const MANY = 100;

/**
 * Lists of ids that the queries of one slice ask for, laid down in the session. A query that is read by COPY takes no parameters, and a
 * thousand ids written into it are read letter by letter and weighed one by one before it begins: a tenth of what a slice costs PostgreSQL.
 * Good for one transaction: what it laid down may be gone after a rollback.
 */
export class SliceIds {
  private readonly names = new Map<string, string>();

  constructor(private readonly client: Client) {}

  /** The list as something to put behind `= any`; a list that is known already is not sent again. */
  async list(ids: readonly string[]): Promise<string> {
    const text = `{${ids.join(',')}}`;
    if (ids.length < MANY) {
      // Nothing of these signs can end the literal; whether each is an id PostgreSQL says.
      if (!/^[{}0-9a-f,-]*$/.test(text)) throw new Error(`not a list of ids: ${JSON.stringify(text.slice(0, 100))}`);
      return `('${text}'::uuid[])`;
    }
    let name = this.names.get(text);
    if (name === undefined) {
      name = `jiheng.ids_${this.names.size + 1}`;
      this.names.set(text, name);
      await this.client.query('select set_config($1, $2, false) is null', [name, text]);
    }
    // Looked up once a query, whatever way PostgreSQL goes.
    return `((select current_setting('${name}')::uuid[])::uuid[])`;
  }
}
