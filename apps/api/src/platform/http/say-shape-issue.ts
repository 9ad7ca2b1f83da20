/** What the parser of shapes tells about one place (an issue of Zod, as far as a sentence needs it). */
export interface ShapeIssue {
  readonly message: string;
  readonly code?: string;
  readonly expected?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly values?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly note?: unknown;
}

interface Words { readonly zh: string; readonly en: string }

const TYPES: Readonly<Record<string, string>> = {
  string: '文字', number: '数字', int: '整数', boolean: 'true 或 false', object: '对象', array: '列表', null: 'null', record: '对象',
};
const FORMATS: Readonly<Record<string, Words>> = {
  uuid: { zh: '应为 UUID 编号', en: 'a UUID is expected' },
};

/** One malformed place in both languages; the parser itself speaks only English. Never repeats what was sent. */
export function sayShapeIssue(issue: ShapeIssue): Words {
  const { code, origin } = issue;
  const measure = origin === 'string' ? '个字' : origin === 'array' ? '项' : '';
  switch (code) {
    case 'invalid_type': return { zh: `应为${TYPES[String(issue.expected)] ?? String(issue.expected)}`, en: `${String(issue.expected)} is expected` };
    case 'too_big': return { zh: `不能多于 ${String(issue.maximum)}${measure}`, en: issue.message };
    case 'too_small': return { zh: `不能少于 ${String(issue.minimum)}${measure}`, en: issue.message };
    case 'invalid_value': return { zh: `应为其中之一：${listOf(issue.values)}`, en: `one of these is expected: ${listOf(issue.values)}` };
    case 'invalid_union': return { zh: '不是可以填写的形式', en: 'none of the forms that can be taken' };
    case 'invalid_format': return FORMATS[String(issue.format)] ?? { zh: `格式不对${exampleIn(issue)}`, en: issue.message };
    default: return { zh: '内容不对', en: issue.message };
  }
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(' ') : '';
}

/** The shapes of the contract name an example or a pattern letter by letter in their own message. */
function exampleIn({ message }: ShapeIssue): string {
  const example = /"[^"]+"|YYYY-MM-DD/u.exec(message)?.[0];
  return example === undefined ? '' : `，应如 ${example}`;
}
