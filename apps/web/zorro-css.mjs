// Cuts the rules of the ng-zorro components in use out of its themable stylesheet: the per-component files of the package carry
// fixed colours (a blue below the contrast of WCAG AA) and the themable one is 586 kB. Writes src/styles/zorro.css;
// with --check it only compares. Run it after changing the list below or the version of ng-zorro-antd:  node apps/web/zorro-css.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const COMPONENTS = ['select', 'dropdown', 'menu', 'drawer', 'popover', 'empty', 'scrollbar'];
const KEPT_ALIASES = ['zoom', 'slide', 'fade', 'move'];

const root = new URL('../../', import.meta.url);
const source = readFileSync(new URL('node_modules/ng-zorro-antd/ng-zorro-antd.variable.min.css', root), 'utf8');
const target = new URL('src/styles/zorro.css', import.meta.url);

/** Splits a stylesheet into its top-level statements, braces balanced. */
function statements(css) {
  const list = [];
  let depth = 0, from = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === '{') depth++;
    else if ((css[at] === '}' && --depth === 0) || (css[at] === ';' && depth === 0)) { list.push(css.slice(from, at + 1).trim()); from = at + 1; }
  }
  return list;
}

const block = /\.ant-([a-z]+)/g;
/** A selector stays when every component it names is in use; right-to-left writing is not supported and costs a third. */
function keeps(selector) {
  if (selector.includes('-rtl') || selector.includes('[class')) return false;
  if (/^\.(cdk|nz)-/.test(selector.trim())) return true;
  if (/(^|[\s>+~])\.anticon/.test(selector) && !selector.includes('.ant-')) return true;
  const named = [...selector.matchAll(block)].map((m) => m[1]);
  return named.length > 0 && named.every((name) => COMPONENTS.includes(name) || KEPT_ALIASES.includes(name));
}

/** Commas inside :not(…) and friends do not part selectors. */
function selectorsOf(text) {
  return text.split(/,(?![^(]*\))/);
}

function cut(statement) {
  if (statement.startsWith('@keyframes') || statement.startsWith('@-webkit')) return '';
  const open = statement.indexOf('{');
  const head = statement.slice(0, open), body = statement.slice(open + 1, -1);
  if (head.startsWith('@media')) {
    const inner = statements(body).map(cut).join('');
    return inner && `${head}{${inner}}`;
  }
  if (head === 'html') return body.includes('--ant-primary-color') ? statement : '';
  if (head.startsWith('@')) return '';
  const kept = selectorsOf(head).filter(keeps);
  return kept.length ? `${kept.join(',')}{${body}}` : '';
}

const all = statements(source);
const rules = all.map(cut).filter(Boolean);
const used = rules.join('');
const frames = all.filter((s) => s.startsWith('@keyframes') && new RegExp(`[: ,]${/@keyframes\s+([\w-]+)/.exec(s)?.[1]}[ ;,}]`).test(used));
const { version } = JSON.parse(readFileSync(new URL('node_modules/ng-zorro-antd/package.json', root), 'utf8'));
const text = `/* Made by zorro-css.mjs from ng-zorro-antd ${version} (MIT, Alibaba and contributors): ${COMPONENTS.join(', ')}. Not edited by hand. */\n${[...rules, ...frames].join('\n')}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('src/styles/zorro.css is not what ng-zorro-antd gives today: run node apps/web/zorro-css.mjs');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
  console.log(`zorro.css: ${rules.length} rules, ${Math.round(text.length / 1024)} kB`);
}
