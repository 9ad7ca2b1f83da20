import type { Chance } from '../chance';
import type { FilledForm } from '../lay-out';

type Piece = string | FilledForm;

const escaped = (text: string): string => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');

/** A page of a portal. Untidy ones carry what editors leave behind: nested tags, no-break blanks, cells closed by nobody. */
export function webPage(pieces: readonly Piece[], isUntidy: boolean, chance: Chance): string {
  const body = pieces.map((piece) => (typeof piece === 'string' ? piece.split('\n').map((line) => `<p>${escaped(line)}</p>`).join('') : tableMarkup(piece, isUntidy, chance)));
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>部门预算公开</title><style>td{border:1px solid}</style></head><body>${body.join('\n')}<div class="footer">版权所有</div></body></html>`;
}

function tableMarkup({ rows, merges }: FilledForm, isUntidy: boolean, chance: Chance): string {
  const spans = new Map(merges.map(({ s, e }) => [`${s.r}/${s.c}`, { columns: e.c - s.c + 1, high: e.r - s.r + 1 }]));
  const covered = new Set(merges.flatMap(({ s, e }) => {
    const places: string[] = [];
    for (let r = s.r; r <= e.r; r += 1) for (let c = s.c; c <= e.c; c += 1) if (r !== s.r || c !== s.c) places.push(`${r}/${c}`);
    return places;
  }));
  const inner = (text: string): string => {
    const plain = escaped(text).replace(/\n/gu, '<br>');
    if (!isUntidy) return plain;
    return chance.pick([`<p class="MsoNormal"><span style="font-size:9pt">${plain}</span></p>`, `<font face="宋体">${plain}</font>`, `${plain}&nbsp;`, `<p>${plain}</p><p>&nbsp;</p>`, `\n      ${plain}\n    `]);
  };
  const lines = rows.map((row, r) => `<tr>${row.map((text, c) => {
    if (covered.has(`${r}/${c}`)) return '';
    const { columns, high } = spans.get(`${r}/${c}`) ?? { columns: 1, high: 1 };
    return `<td${columns > 1 ? ` colspan="${columns}"` : ''}${high > 1 ? ` rowspan="${high}"` : ''}>${text === '' && isUntidy ? '&nbsp;' : inner(text)}${isUntidy && chance.percent(20) ? '' : '</td>'}`;
  }).join('')}</tr>`);
  return `<table border="1">${isUntidy ? '<tbody>' : ''}${lines.join('\n')}${isUntidy ? '</tbody>' : ''}</table>`;
}

/** Markdown: the title as a heading, the form as a pipe table; merged cells are blank behind their first. */
export function markdownPage(pieces: readonly Piece[]): string {
  const cell = (text: string): string => text.replace(/\|/gu, '\\|').replace(/\n/gu, '<br>');
  return pieces.map((piece) => {
    if (typeof piece === 'string') return `${piece}\n`;
    const [title, year, ...rows] = piece.rows;
    const lines = rows.map((row) => `| ${row.map(cell).join(' | ')} |`);
    const width = rows[0]?.length ?? 1;
    return `## ${title?.[0] ?? ''}\n\n${year?.[0] ?? ''}\n\n${lines[0] ?? ''}\n|${' --- |'.repeat(width)}\n${lines.slice(1).join('\n')}\n`;
  }).join('\n');
}
