// The numbered cases of the scoring law as tables a person reads.

const RULE_WORDS = { PROPORTIONAL: '按比例', GRADE: '按等级', DIRECT: '直接', SATISFACTION: '满意度' };
const DIRECTION_WORDS = { POSITIVE: '正向', NEGATIVE: '反向', POINT: '等于' };

/** What differs from the default profile, in the words of the profile: `MOF-2021-101`, `reverseFormula=LIN_2T`. */
function profileOf({ base, profile }) {
  const flat = (value, path) => (value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))
    : [`${path}=${Array.isArray(value) ? value.map((band) => `≥${band.from} → ${band.earns}`).join('，') : String(value)}`]);
  return [...(base === undefined ? [] : [base]), ...(profile === undefined ? [] : flat(profile, ''))].join('；') || '默认 default';
}

/** The expectation with its code words kept and the rest in both languages. */
function outcome(expected) {
  return expected
    .replace('blocked: scoring.grade-share-outside-band ', '不接受 refused：允许 allowed ').replace(/blocked: (\S+)/, '不能计分 refused：`$1`')
    .replace(', explanation owed', '；须说明 reason owed').replace(', nothing owed', '；无须说明 nothing owed')
    .replace('not applicable', '不适用 not applicable').replace(' rescaled', '，已折算 rescaled')
    .replace(/\b(?:OVER|LATE|UNFINISHED|NOT_REPORTED|[A-Z]+(?:_[A-Z]+)+)\b/g, '`$&`');
}

function actualOf(domain, vector) {
  if (vector.grade !== undefined) return `${vector.grade} 档，${vector.enteredPoints == null ? '未填分 no points entered' : `${vector.enteredPoints} 分`}`;
  const { indicator, actual } = domain.rowOfVector(vector);
  const closed = vector.periodClosed === true ? '（已关闭 closed）' : '';
  const deduction = actual.kind === 'ANSWERED' && actual.deduction ? `（扣 ${actual.deduction} 分）` : '';
  const shown = actual.kind === 'REPORTED' ? { ...actual, unit: actual.unit ?? indicator.target.unit } : actual;
  return domain.formatActual(shown, indicator) + deduction + closed;
}

function remarks(vector) {
  const said = [
    ...(vector.direction === undefined ? [] : [DIRECTION_WORDS[vector.direction]]), ...(vector.rule === undefined ? [] : [RULE_WORDS[vector.rule]]),
    ...(vector.passThreshold === undefined ? [] : [`本行及格门槛 ${vector.passThreshold}`]),
    ...(vector.overCause === undefined ? [] : [vector.overCause === 'TARGET_TOO_LOW' ? '原因：指标值偏低 target too low' : '原因：其他 other cause']),
  ];
  return said.join('，') || '—';
}

function rowText(domain, row) {
  const { indicator, actual } = domain.rowOfVector(row);
  return `${row.weight} 分 ${row.target} → ${domain.formatActual(actual.kind === 'REPORTED' ? { ...actual, unit: actual.unit ?? indicator.target.unit } : actual, indicator)}`;
}

const KINDS = {
  row: { caption: '', head: ['编号 case', '权重 W', '指标值 T', '完成值 A', '方向、规则', '规则参数 profile', '得分 points'], cells: (domain, v) => [v.id, v.weight, v.target, actualOf(domain, v), remarks(v), profileOf(v), outcome(v.expected)] },
  plausibility: { caption: '录入提示 Asked while typing', head: ['编号 case', '指标值 T', '录入 typed', '提示 finding'], cells: (domain, v) => [v.id, v.target, actualOf(domain, v), `\`${v.expected}\``] },
  execution: { caption: '', head: ['编号 case', '全年预算数（万元）', '全年执行数（万元）', '规则参数 profile', '执行率与得分 rate, points'], cells: (_, v) => [v.id, v.budget, v.executed, profileOf(v), outcome(v.expected)] },
  money: { caption: '合计与分项 Total and parts', head: ['编号 case', '合计 total', '分项 parts', '结果 outcome'], cells: (_, v) => [v.id, v.total, v.parts.join(' + '), v.expected === 'OFF' ? '不符 does not add up' : `\`${v.expected}\``] },
  table: { caption: '整表 Whole tables', head: ['编号 case', '各行 rows', '预算数 / 执行数（万元） execution', '总分 total'], cells: (domain, v) => [v.id, v.rows.map((row) => rowText(domain, row)).join('；'), v.execution === null ? '—' : v.execution.join(' / '), outcome(v.expected)] },
  rating: { caption: '等级 Rating', head: ['编号 case', '总分 total', '等级 rating'], cells: (_, v) => [v.id, v.total, v.expected] },
  weights: { caption: '权重之和 Sum of weights', head: ['编号 case', '各行权重 weights', '结果 outcome'], cells: (_, v) => [v.id, v.weights.join(' + '), v.expected === 'accepted' ? '接受 accepted' : `拒绝 refused \`${v.expected}\``] },
  light: { caption: '指标的灯 Light of a row', head: ['编号 case', '指标值 T', '截至目前 A', '已过月数 months', '进度 progress', '灯 light'], cells: (domain, v) => [v.id, v.target, actualOf(domain, v), v.months, v.progress, v.expected] },
  executionLight: { caption: '预算执行的灯 Light of execution', head: ['编号 case', '预算 budget', '执行 executed', '已过月数 months', '灯 light'], cells: (_, v) => [v.id, v.budget, v.executed, v.months, v.expected] },
  tableLight: { caption: '整表的灯 Light of a table', head: ['编号 case', '各行 rows', '灯 light'], cells: (_, v) => [v.id, v.lights.join(' '), v.expected] },
  gap: { caption: '结果与支出差 Results against spending', head: ['编号 case', '指标得分 points of 90', '执行得分 execution of 10', '差 gap'], cells: (_, v) => [v.id, v.points, v.executionPoints, v.expected] },
};

/** A worked example is a table of its own: its rows, then its total. */
function workedExample(domain, vector) {
  const [points, total] = vector.expected.split(' | ');
  const earned = points.split(' ');
  return {
    caption: `${vector.id}（${profileOf(vector)}；全年预算 ${vector.execution[0]}、执行 ${vector.execution[1]} 万元）：${outcome(total)}`,
    head: ['三级指标 indicator', '指标值 T', '权重 W', '完成值 A', '得分 points'],
    rows: domain.theTable(vector.table).indicators.map((indicator, i) => [indicator.name, indicator.target.raw.replace(/\s+/gu, ''), indicator.weight, domain.formatActual(vector.actuals[indicator.key] ?? { kind: 'NOT_REPORTED' }, indicator), earned[i]]),
  };
}

/** The cases of one file, one table a kind. @returns `{ caption, head, rows }[]` */
export function caseTables(domain, { cases }) {
  return [...new Set(cases.map(({ kind }) => kind))].flatMap((kind) => {
    const own = cases.filter((vector) => vector.kind === kind);
    if (kind === 'seed') return own.map((vector) => workedExample(domain, vector));
    const shape = KINDS[kind];
    if (shape === undefined) throw new Error(`cases of the kind ${kind} have no table yet: tools/docs/vector-tables.mjs`);
    return [{ caption: shape.caption, head: shape.head, rows: own.map((vector) => shape.cells(domain, vector)) }];
  });
}
