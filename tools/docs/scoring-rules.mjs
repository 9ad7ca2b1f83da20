// `npm run docs:rules` writes docs/scoring/rules.md: each scoring rule in words, with its formula, its clause, the parameters of the shipped
// profiles and its numbered cases, from the data of libs/domain. `--check` only compares (a test asks it to).
// A parameter, a file of cases or a flag that the page would not show is an error.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FLAGS, PARAMETERS, RULES, TEXTS, VALUES } from './scoring-rule-words.mjs';
import { caseTables } from './vector-tables.mjs';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/scoring/rules.md');
const vectorFolder = join(root, 'libs/domain/testing/vectors');

/** The domain as it runs in the product, with its testing kit. */
async function loadDomain() {
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: "export * from './src/index'; export * from './testing/index';", resolveDir: join(root, 'libs/domain'), loader: 'ts' },
    bundle: true, write: false, format: 'esm', target: 'es2022', logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`);
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
const tableOf = (head, rows) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

const at = (profile, path) => path.split('.').reduce((value, key) => value[key], profile);

/** A parameter as a reader reads it. */
function printed(value) {
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => ('earns' in one ? `≥${one.from} → ${one.earns}` : `${one.name} ≥${one.from}`)).join('；');
  if (value !== null && typeof value === 'object') return `${value.low} ≤ … ${value.highIncluded ? '≤' : '<'} ${value.high}`;
  return VALUES[String(value)] ?? String(value);
}

/** The clause of a parameter: its own, or that of the group it belongs to. */
function clauseOf(profile, path) {
  for (let from = path; from !== ''; from = from.includes('.') ? from.slice(0, from.lastIndexOf('.')) : '') if (Object.hasOwn(profile.clauses, from)) return profile.clauses[from];
  return '—';
}

function parameterTable(profiles, rule) {
  if (rule.parameters.length === 0) return rule.clause === undefined ? [] : [`依据 Clause：${rule.clause}`];
  return [tableOf(['参数 parameter', ...profiles.map(({ name }) => name), '依据 clause'], rule.parameters.map((path) => {
    const clauses = [...new Set(profiles.map((profile) => clauseOf(profile, path)))];
    return [`${PARAMETERS[path]} \`${path}\``, ...profiles.map((profile) => printed(at(profile, path))),
      clauses.length === 1 ? clauses[0] : profiles.map((profile) => `${profile.name}：${clauseOf(profile, path)}`).join('；')];
  }))];
}

/** Parameters of a profile that carry numbers or choices, down to the groups the page prints whole. */
function pathsOf(value, path = '') {
  const isGroup = value !== null && typeof value === 'object' && !Array.isArray(value) && !('low' in value);
  return isGroup ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path === '' ? key : `${path}.${key}`)) : [path];
}

function checkComplete(domain, files) {
  const shown = RULES.flatMap(({ parameters }) => parameters);
  const { name: _n, version: _v, title: _t, notes: _o, clauses: _c, ...parameters } = domain.RULE_PROFILES[0];
  const missing = [
    ...pathsOf(parameters).filter((path) => !shown.includes(path)).map((path) => `the parameter ${path}`),
    ...shown.filter((path) => !Object.hasOwn(PARAMETERS, path)).map((path) => `the name of the parameter ${path}`),
    ...Object.keys(files).filter((file) => !RULES.some(({ vectors }) => vectors.includes(file))).map((file) => `the cases of ${file}.json`),
    ...[...new Set(Object.values(files).flatMap(({ cases }) => cases.flatMap(({ expected }) => expected.match(/\b[A-Z]{2,}(?:_[A-Z]+)*\b/g) ?? [])))]
      .filter((word) => /_|^(?:OVER|LATE|UNFINISHED)$/.test(word) && !Object.hasOwn(FLAGS, word)).map((flag) => `the flag ${flag}`),
  ];
  const broken = domain.brokenVectors().map(({ id, expected, got }) => `${id}: ${expected}, but the law says ${got}`);
  if (missing.length + broken.length > 0) throw new Error(`docs/scoring/rules.md would lack ${missing.join(', ') || 'nothing'}${broken.length === 0 ? '' : `; broken cases: ${broken.join('; ')}`}`);
}

function derivation(domain, files, id) {
  const vector = Object.values(files).flatMap(({ cases }) => cases).find((one) => one.id === id);
  const said = (language) => domain.traceOfVector(vector).map((step) => domain.sayTrace(step, language)).join(language === 'zh' ? '；' : '; ');
  return [`计算过程示例 Derivation of ${id}：${said('zh')}。`, '', `${said('en')}.`];
}

function section(domain, files, rule) {
  const [zh, en] = rule.title;
  return [
    `## <a id="${rule.id}"></a>${zh} · ${en}`, '', rule.zh, '', rule.en, '',
    ...(rule.formula.length === 0 ? [] : ['```', ...rule.formula, '```', '']),
    ...parameterTable(domain.RULE_PROFILES, rule).flatMap((text) => [text, '']),
    ...(rule.example === null ? [] : [...derivation(domain, files, rule.example), '']),
    ...rule.vectors.flatMap((file) => caseTables(domain, files[file]).flatMap(({ caption, head, rows }) => [...(caption === '' ? [] : [`**${caption}**`, '']), tableOf(head, rows), ''])),
    `代码 Code：[${rule.code.split('/').pop()}](../../${join('libs/domain/src/scoring', rule.code)})`
      + rule.vectors.map((file) => ` · 算例 cases：[${file}.json](../../libs/domain/testing/vectors/${file}.json)`).join(''), '',
  ];
}

function write(domain, files) {
  const { RULE_PROFILES: profiles } = domain;
  const count = Object.values(files).reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    '# 赋分规则 · The scoring rules', '',
    '<!-- Made by `npm run docs:rules` from libs/domain; do not edit by hand. A test compares. -->', '',
    `本页由 \`npm run docs:rules\` 从 libs/domain 的规则参数和 ${count} 个编号算例生成；算例同时在测试和浏览器的“规则自检”中运行。`, '',
    `Made by \`npm run docs:rules\` from the rule profiles and the ${count} numbered cases of libs/domain. The same cases run in the tests and in the browser’s own bundle.`, '',
    '**一行怎样得分**：未填报或不适用？→ 统一单位 → 取规则 → 超额判断 → 扣减 → 四舍五入到两位小数。全程使用精确小数。零、未填报、不适用是三件事：零是完成值；未填报在期间关闭前没有得分，关闭后为零分；不适用不计入总分。', '',
    '**How a row is scored**: missing or not applicable? → one unit → the rule → over-completion → deduction → rounded half up to two places. Exact decimals throughout. Zero, not reported and not applicable are three things: zero is a value; silence has no points while the period is open and earns zero afterwards (within an hour of the day after the last one, without anybody saving; a report that is given more time waits again); what does not apply is left out of the total.', '',
    'W 权重 weight · T 指标值 target · A 完成值 actual · p 及格门槛 pass threshold', '',
    '## 规则参数 · Rule profiles', '',
    ...profiles.flatMap((profile, i) => [`**${profile.name}**（版本 version ${profile.version}${i === 0 ? '，默认 default' : ''}）${profile.title.zh} · ${profile.title.en}`, '', `${profile.notes.zh}`, '', `${profile.notes.en}`, '']),
    '别的地区或年度的规则在“评分规则”页逐项填写即可，不需要改代码；已有的见 `npm run -s jiheng -- profiles`。 A region or year of its own is written on the page 评分规则, without code.', '',
    ...RULES.flatMap((rule) => section(domain, files, rule)),
    '## 标记 · Flags', '',
    '标记只提示，不改变得分。 Flags tell; they never change points.', '',
    tableOf(['标记 flag', '含义', 'meaning'], Object.entries(FLAGS).map(([flag, [zh, en]]) => [`\`${flag}\``, zh, en])), '',
    '## 所依据的文件 · Official texts', '',
    tableOf(['文号', '文件', '用于', 'for'], TEXTS), '',
  ].join('\n');
}

const domain = await loadDomain();
const files = Object.fromEntries(readdirSync(vectorFolder).filter((name) => name.endsWith('.json')).sort().map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(vectorFolder, name), 'utf8'))]));
checkComplete(domain, files);
const text = write(domain, files);
if (process.argv.includes('--check')) {
  let present = '';
  try { present = readFileSync(page, 'utf8'); } catch { /* then it differs */ }
  if (present !== text) { console.error('docs/scoring/rules.md is not what libs/domain says; run: npm run docs:rules'); process.exit(1); }
} else {
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, text);
}
