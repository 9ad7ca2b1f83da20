// The workbook of B9: 1,000 sheets, each one self-evaluation form of 14 indicators, as plain XML in a zip archive; no library writes it, so that
// no reader is measured on a file of its own kin.
import { deflateRawSync, crc32 } from 'node:zlib';
import { scorePlainly } from '../score/plain-loop.mjs';
import { generate, RULE } from '../score/rows.mjs';

const LEVELS = ['产出指标', '产出指标', '产出指标', '产出指标', '产出指标', '产出指标', '产出指标', '产出指标', '产出指标', '效益指标', '效益指标', '效益指标', '效益指标', '满意度指标'];
const SECOND = ['数量指标', '质量指标', '时效指标', '成本指标', '社会效益指标', '生态效益指标', '可持续影响指标'];
const THINGS = ['预算执行率', '培训人次', '项目验收合格率', '按期完成率', '成本控制在预算内', '受益人口数量', '新增就业岗位数量', '公共服务覆盖率', '生态环境改善程度', '可持续影响程度', '设备购置数量', '资金支付及时率', '信息化平台使用率', '服务对象满意度'];
const SIGNS = { [RULE.GE]: '≥', [RULE.LE]: '≤', [RULE.EQ]: '=', [RULE.GRADED]: '定性', [RULE.SATISFACTION]: '≥', [RULE.BUDGET]: '≥' };
const HEAD = ['一级指标', '二级指标', '三级指标', '运算符', '指标值', '单位', '权重', '评分标准', '实际完成值', '得分'];

const letter = (column) => String.fromCharCode(65 + column);
const safe = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cell = (row, column, value) =>
  value === '' ? `<c r="${letter(column)}${row}" s="1"/>`
    : typeof value === 'number' ? `<c r="${letter(column)}${row}" s="2"><v>${value}</v></c>`
      : `<c r="${letter(column)}${row}" s="1" t="inlineStr"><is><t>${safe(value)}</t></is></c>`;
const line = (row, pairs) => `<row r="${row}">${pairs.map(([column, value]) => cell(row, column, value)).join('')}</row>`;

/** A sheet as a target form: the same rows, nothing filled in later. */
function targetSheetOf(table, rows, perTable) {
  const lines = [
    line(1, [[0, '项目支出绩效目标表']]), line(2, [[0, '项目名称'], [2, `第${table + 1}号项目`]]), line(3, [[0, '（2025年度）']]),
    line(4, [[0, '年度预算总额'], [2, '10.00'], [3, '其中：财政拨款'], [4, '10.00'], [5, '其他资金'], [6, '0.00']]),
    line(5, [[0, '年度总体目标'], [2, '完成年度任务，提高公共服务水平，保障群众满意。']]), line(6, HEAD.slice(0, 8).map((word, at) => [at, word])),
  ];
  for (let place = 0; place < perTable; place++) {
    const i = table * perTable + place, isQualitative = rows.rule[i] === RULE.GRADED;
    lines.push(line(7 + place, [
      [0, LEVELS[place]], [1, SECOND[place % 7]], [2, THINGS[place]], [3, isQualitative ? '定性' : SIGNS[rows.rule[i]]], [4, rows.target[i] / 10_000], [5, rows.rule[i] === RULE.BUDGET ? '元' : '%'],
      [6, rows.weight[i] / 100], [7, '按完成比例赋分'],
    ]));
  }
  return sheetXml(lines, ['A1:H1', 'A2:B2', 'C2:H2', 'A3:H3', 'A4:B4', 'A5:B5', 'C5:H5']);
}

function sheetOf(table, rows, points, perTable) {
  const lines = [
    line(1, [[0, '项目支出绩效自评表']]), line(2, [[0, '项目名称'], [2, `第${table + 1}号项目`], [5, '主管部门'], [7, `某县某局第${table % 50}科`]]),
    line(3, [[0, '（2025年度）']]), line(4, [[0, '年度总体目标'], [2, '完成年度任务，提高公共服务水平，保障群众满意。']]), line(5, HEAD.map((word, at) => [at, word])),
  ];
  let sum = 0;
  for (let place = 0; place < perTable; place++) {
    const i = table * perTable + place;
    sum += points[i];
    lines.push(line(6 + place, [
      [0, LEVELS[place]], [1, SECOND[place % 7]], [2, THINGS[place]], [3, SIGNS[rows.rule[i]]], [4, rows.target[i] / 10_000], [5, rows.rule[i] === RULE.BUDGET ? '元' : '%'],
      [6, rows.weight[i] / 100], [7, '按完成比例赋分'], [8, Number.isNaN(rows.actual[i]) ? '' : rows.actual[i] / 10_000], [9, points[i] / 100],
    ]));
  }
  const last = 6 + perTable;
  lines.push(line(last, [[0, '总分'], [9, sum / 100]]));
  const merges = ['A1:J1', 'A2:B2', 'C2:E2', 'F2:G2', 'H2:J2', 'A3:J3', 'A4:B4', 'C4:J4', `A${last}:I${last}`];
  return sheetXml(lines, merges);
}

function sheetXml(lines, merges) {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData><mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells></worksheet>`;
}

/** The bytes of the workbook and the sums every reader of it must find: rows / Σ weight / Σ points, in hundredths. `asTargets`: target forms in place of self-evaluations. */
export function makeWorkbook(tables, perTable, { asTargets = false } = {}) {
  const rows = generate(tables, perTable);
  const points = new Int32Array(rows.n);
  scorePlainly(rows, points, new Uint8Array(rows.n));
  const schema = 'http://schemas.openxmlformats.org', sheets = Array.from({ length: tables }, (_, at) => at + 1);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const relation = `${schema}/officeDocument/2006/relationships`;
  const files = [
    ['[Content_Types].xml', `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${schema}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.map((at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`],
    ['_rels/.rels', `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${schema}/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${schema}/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets>${sheets.map((at) => `<sheet name="表${at}" sheetId="${at}" r:id="rId${at}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${schema}/package/2006/relationships">${sheets.map((at) => `<Relationship Id="rId${at}" Type="${relation}/worksheet" Target="worksheets/sheet${at}.xml"/>`).join('')}<Relationship Id="rId${tables + 1}" Type="${relation}/styles" Target="styles.xml"/></Relationships>`],
    ['xl/styles.xml', `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="${schema}/spreadsheetml/2006/main"><fonts count="1"><font><sz val="10"/><name val="SimSun"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="0" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`],
    ...sheets.map((at) => [`xl/worksheets/sheet${at}.xml`, asTargets ? targetSheetOf(at - 1, rows, perTable) : sheetOf(at - 1, rows, points, perTable)]),
  ];
  const total = (list) => list.reduce((sum, one) => sum + one, 0);
  return { bytes: zip(files), sums: `${rows.n}/${total(rows.weight)}/${total(points)}` };
}

function zip(files) {
  const parts = [], directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const raw = Buffer.from(text), packed = deflateRawSync(raw), title = Buffer.from(name);
    // Version, flags (UTF-8 names), method, time, date, checksum, both sizes: the same stretch stands before the part and in the directory.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); common.writeUInt16LE(0x800, 2); common.writeUInt16LE(8, 4); common.writeUInt32LE(0x5a210000, 6); common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14); common.writeUInt32LE(raw.length, 18); common.writeUInt16LE(title.length, 22);
    const head = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common]), entry = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, Buffer.alloc(14)]);
    entry.writeUInt32LE(at, 42);
    parts.push(head, title, packed);
    directory.push(entry, title);
    at += head.length + title.length + packed.length;
  }
  const list = Buffer.concat(directory), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10); end.writeUInt32LE(list.length, 12); end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}
