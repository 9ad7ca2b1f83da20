import { z } from 'zod';
import { momentText } from './decimal-text';

/** What a source is: an address that answers JSON, a DHIS2 data exchange (a preset of it), a database, a folder of sheets here, one over SFTP. */
export const pullSourceKind = z.enum(['HTTP_JSON', 'DHIS2', 'SQL', 'SHEET_FOLDER', 'SFTP_FOLDER']);
export type PullSourceKind = z.infer<typeof pullSourceKind>;

/** Secrets a source may have. They travel to the server and never back. */
export const pullSecretName = z.enum(['PASSWORD', 'TOKEN', 'CLIENT_SECRET', 'PRIVATE_KEY']);
export type PullSecretName = z.infer<typeof pullSecretName>;

// RFC 9110: a field name is a token, a field value has no control characters. Anything else could smuggle a second header.
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,60}$/, { error: 'a header name such as X-Department is expected' });
const headerValue = z.string().max(500).regex(/^[\t\x20-\x7e]*$/, { error: 'a header value holds printable ASCII only' });
const member = z.string().trim().min(1).max(60);

/** How the asked server is told who asks. The secret itself (PASSWORD, TOKEN, CLIENT_SECRET) is not in here. */
export const pullAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('NONE') }),
  z.object({ kind: z.literal('BASIC'), user: z.string().min(1).max(200) }),
  /** `header: prefix + TOKEN`, such as `Authorization: Bearer …` or `X-Api-Key: …`. */
  z.object({ kind: z.literal('HEADER'), header: headerName.default('Authorization'), prefix: headerValue.default('') }),
  /** OAuth 2.0 client credentials (RFC 6749 §4.4). */
  z.object({ kind: z.literal('OAUTH2'), tokenUrl: z.string().min(1).max(500), clientId: z.string().min(1).max(200), scope: z.string().max(500).default('') }),
]);
export type PullAuth = z.infer<typeof pullAuth>;

/** How an answer in several pages is read to its end. */
export const pullPaging = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('NONE') }),
  /** JSONPath to the address of the next page, or `Link` for the header of RFC 8288; nothing there: the last page. */
  z.object({ kind: z.literal('NEXT_LINK'), path: z.string().min(1).max(200) }),
  /** `?pageParam=first…` with `sizeParam=size` when that is named; a page with fewer than `size` rows is the last. */
  z.object({ kind: z.literal('PAGE'), pageParam: member, sizeParam: z.string().trim().max(60).default(''), size: z.number().int().min(1).max(10_000), first: z.number().int().min(0).max(1).default(1) }),
  /** `?offsetParam=0, size, 2 × size …` with `limitParam=size`. */
  z.object({ kind: z.literal('OFFSET'), offsetParam: member, limitParam: member, size: z.number().int().min(1).max(10_000) }),
]);
export type PullPaging = z.infer<typeof pullPaging>;

/** What a source is asked with beside its place. One shape for all kinds: each reads its own members, the others stay as they are by default. */
export const pullSourceSettings = z.object({
  /** HTTP_JSON: further headers, none of them secret. */
  headers: z.array(z.object({ name: headerName, value: headerValue })).max(20).default([]),
  /** HTTP_JSON, DHIS2. */
  auth: pullAuth.default({ kind: 'NONE' }),
  /** HTTP_JSON. */
  paging: pullPaging.default({ kind: 'NONE' }),
  /** SQL: one SELECT; `:from`, `:to`, `:year`, `:ordinal`, `:period` and `:unit` are bound. */
  query: z.string().max(8000).default(''),
  /** SQL: whether the connection is encrypted and the server's certificate proven. */
  tls: z.boolean().default(false),
  /** SFTP_FOLDER: fingerprint of the host key as `ssh-keygen -lf` prints it, `SHA256:…`. */
  hostKey: z.string().trim().regex(/^(SHA256:[A-Za-z0-9+/]{43}=?)?$/, { error: 'a fingerprint such as SHA256:… is expected' }).default(''),
  /** DHIS2: identifiers of the data set and of the organisation unit. */
  dataSet: z.string().trim().max(60).default(''),
  orgUnit: z.string().trim().max(60).default(''),
  /** SHEET_FOLDER, SFTP_FOLDER: name of the sheet of a workbook that is read, with the marks that a place may hold; '' reads the one that people see and that has the columns. */
  sheet: z.string().trim().max(100).default(''),
});
export type PullSourceSettings = z.infer<typeof pullSourceSettings>;

/** Secrets on their way in: a text sets one, an empty text removes it, what is absent stays as it is. */
export const pullSecrets = z.partialRecord(pullSecretName, z.string().max(16_384));
export type PullSecrets = z.infer<typeof pullSecrets>;

/** What anybody learns of a secret: that it is there, and since when. */
export const pullSecretView = z.object({ name: pullSecretName, setAt: momentText });
export type PullSecretView = z.infer<typeof pullSecretView>;

/**
 * GET /api/pull-sources/allowed-hosts: where sources may be asked, for those who may write one. Who runs the server says so in its setting, and nobody inside the product. `host` null: an address or
 * a network is meant as it is written; otherwise the name, and `networks` are the private ones it may lead to. `port` null: the usual one of the protocol; `*`: any.
 */
export const allowedHosts = z.object({
  setting: z.string(),
  hosts: z.array(z.object({ host: z.string().nullable(), networks: z.array(z.string()), port: z.union([z.literal('*'), z.number().int()]).nullable() })),
});
export type AllowedHosts = z.infer<typeof allowedHosts>;
