import type { CheckedAddresses } from '../../egress/egress';

/** Longest words of a database that are told, in characters. What is cut off says so: a secret in it may have been cut in two (secrets/blot-secrets.ts). */
export const LONGEST_MESSAGE = 300;

/** Where a database is, and who asks. The connection goes to the first of `addresses` that answers; `host` is what its certificate must say. */
export interface DatabaseSpot {
  readonly host: string;
  readonly addresses: CheckedAddresses;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: boolean;
}

/** Bounds of one query. */
export interface SelectBounds {
  /** The whole asking, connecting included. */
  readonly timeoutMs: number;
  /** The statement, told to the server as well. */
  readonly statementMs: number;
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** What a SELECT gave: every value as the server's own text. */
export interface SqlRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Settings that do not fit the server behind the address: nothing changes by asking again. */
export const UNFIT = { NO_TLS: 'NO_TLS', OTHER_SERVER: 'OTHER_SERVER' } as const;

/** Why there are no rows. `cause` is fit to be read by a person and holds no password; of `UNFIT` it is one of {@link UNFIT}. */
export class QueryBroke extends Error {
  constructor(readonly kind: 'AWAY' | 'NOT_ALLOWED' | 'NO_PASSWORD' | 'UNFIT' | 'QUERY' | 'TOO_SLOW' | 'TOO_MANY_ROWS' | 'TOO_LARGE', override readonly cause: string) {
    super(kind);
  }
}

/** Counts what comes and stops it at the bounds. */
export class RowCounter {
  readonly rows: (readonly (string | null)[])[] = [];
  private bytes = 0;

  constructor(private readonly bounds: SelectBounds) {}

  /** Bytes of cells that may still come. */
  get left(): number {
    return this.bounds.maxBytes - this.bytes;
  }

  /** @throws QueryBroke `TOO_MANY_ROWS`, `TOO_LARGE` */
  add(row: readonly (string | null)[]): void {
    if (this.rows.length >= this.bounds.maxRows) throw new QueryBroke('TOO_MANY_ROWS', '');
    for (const cell of row) this.bytes += cell === null ? 1 : Buffer.byteLength(cell);
    if (this.bytes > this.bounds.maxBytes) throw new QueryBroke('TOO_LARGE', '');
    this.rows.push(row);
  }
}
