import type { AskedPeriod, SourceAddress } from '../source-connector';
import { placeUrl } from '../connectors/place-url';

/** Names of what can be nothing else. `keyword` and `tokenize` are words of a search. */
const SECRET_NAME = /passw|passphrase|secret|token(?!i)|(?:api|app|access)[-_]?key(?!word)|^(?:pass|pwd|pw|pin|otp|mima)$|pwd$|密码|口令|密钥|令牌/iu;
/** Names under which a key is sent as well as an ordinary word (`key=pension`, `appid=1000`, `sortKey=date`): what it is, its value tells. */
const LIKELY_NAME = /key(?!word)|credential|ticket|session|auth(?!or)|app[-_]?id|client[-_]?id|access[-_]?(?:id|code)|^(?:ak|sk|sid)$|sign(?:ature)?$|sig$/iu;
/** A year, a quarter, a month or a day. */
const PERIOD = /^(?:19|20)\d\d(?:[-./]?(?:[QH]\d|(?:0[1-9]|1[0-2])(?:[-./]?(?:0[1-9]|[12]\d|3[01]))?))?$/iu;
/** Letters and digits in one, or so long that nobody says it: no number, no word of a language, no list. */
const MADE_UP = /^(?=[^\s,;|]{8,}$)(?:(?=.*[A-Za-z])(?=.*\d)|[!-~]{24,}$)/u;
/** So long, and so often from letters to digits and back, that nobody made it up as a name: a key under whatever name. A list of short names is none. */
const OPAQUE = /^(?=[!-+\x2d-:<-{}~]{16,}$)(?:[^0-9]*[A-Za-z][^A-Za-z0-9]*[0-9]|[^A-Za-z]*[0-9][^A-Za-z0-9]*[A-Za-z]){3,}/u;
/** 统一社会信用代码 (GB 32100-2015): everybody may know it. */
const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/u;

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
 * Whether a value of a query or of a header is a secret. Those under a telling name are, and those that look like a key; a region, a year or the size of a page is not, for the rows are full of them. What
 * the form names as a row, a column or a path is shown to everybody there, and blotting it would leave no row to be found (`?key=pension2024` where `pension2024` is bound).
 */
export function isSecret(name: string, value: string, { wanted, keyField, valueField, rowsPath }: Pick<SourceAddress, 'wanted' | 'keyField' | 'valueField' | 'rowsPath'>): boolean {
  if (SECRET_NAME.test(name)) return true;
  if (PERIOD.test(value) || CREDIT_CODE.test(value) || [...wanted, keyField, valueField, rowsPath].some((word) => word.includes(value))) return false;
  return (LIKELY_NAME.test(name) && MADE_UP.test(value)) || OPAQUE.test(value);
}

function queryOf(place: string): readonly (readonly [string, string])[] {
  return URL.canParse(place) ? [...new URL(place).searchParams] : [];
}

function formEncoded(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2);
}
