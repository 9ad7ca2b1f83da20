import type { AskedPeriod, SourceAddress } from '../source-connector';
import { placeUrl } from '../connectors/place-url';

/** Names under which a query or a header carries what lets one in. `keyword` and `author` are words of a search. */
const SECRET_NAME = /key(?!word)|token|secret|passw|passphrase|pwd|credential|ticket|session|auth(?!or)|app_?id|client_?id|access_?(?:id|code)|^(?:pass|ak|sk)$|(?:sign|signature|sig)$/iu;
/** A year, a quarter, a month or a day, whatever the parameter is called. */
const PERIOD = /^(?:19|20)\d\d(?:[-./]?(?:[QH]\d|(?:0[1-9]|1[0-2])(?:[-./]?(?:0[1-9]|[12]\d|3[01]))?))?$/iu;
/** So long, and so often from letters to digits and back, that nobody made it up as a name: a key under whatever name. */
const OPAQUE = /^(?=[!-~]{16,}$)(?:[^0-9]*[A-Za-z][^A-Za-z0-9]*[0-9]|[^A-Za-z]*[0-9][^A-Za-z0-9]*[A-Za-z]){3,}/u;

/**
 * Every text that lets somebody into a source, for {@link blotterOf} to take out of what the source answers: the opened secrets, tokens that were fetched with them, and what is written in the form although
 * it is a key. Ask after the source was asked: tokens come with the asking.
 */
export function secretsOfAsking(source: SourceAddress, period: AskedPeriod): readonly string[] {
  const { settings: { auth, headers }, secrets } = source;
  const opened = secrets.all();
  // A token may be stored with its scheme before it (`Bearer …`), and be repeated without.
  const bare = opened.flatMap((secret) => /^[A-Za-z]+ +(\S+)\s*$/u.exec(secret)?.[1] ?? []);
  const [password, clientSecret] = [secrets.get('PASSWORD'), secrets.get('CLIENT_SECRET')];
  // As Basic sends them; a token server gets both parts form-encoded (RFC 6749 §2.3.1).
  const pairs = auth.kind === 'BASIC' && password !== null ? [`${auth.user}:${password}`]
    : auth.kind === 'OAUTH2' && clientSecret !== null ? [`${auth.clientId}:${clientSecret}`, `${formEncoded(auth.clientId)}:${formEncoded(clientSecret)}`] : [];
  const written = [...queryOf(placeUrl(source.place, period)), ...(auth.kind === 'OAUTH2' ? queryOf(auth.tokenUrl) : []), ...headers.map(({ name, value }) => [name, value] as const)];
  return [...opened, ...bare, ...pairs, ...written.filter(([name, value]) => isSecret(name, value, source)).map(([, value]) => value)];
}

/**
 * Whether a value of a query or of a header is a secret. Those under a telling name are, and those that look like a key; a region, a year or the size of a page is not, for the rows are full of them. What the
 * form names as a row, a column or a path is shown to everybody there, and blotting it would leave no row to be found (`?key=pension` where `pension` is bound).
 */
export function isSecret(name: string, value: string, { wanted, keyField, valueField, rowsPath }: Pick<SourceAddress, 'wanted' | 'keyField' | 'valueField' | 'rowsPath'>): boolean {
  if (PERIOD.test(value) || [...wanted, keyField, valueField, rowsPath].some((word) => word.includes(value))) return false;
  return SECRET_NAME.test(name) || OPAQUE.test(value);
}

function queryOf(place: string): readonly (readonly [string, string])[] {
  return URL.canParse(place) ? [...new URL(place).searchParams] : [];
}

function formEncoded(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2);
}
