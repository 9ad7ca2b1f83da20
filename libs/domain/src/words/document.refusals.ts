import type { Words } from './speak';

/** Why a file cannot be taken. */
export const documentRefusals = {
  'document.unreadable': { zh: '文件“{file}”无法读取：{cause}。', en: 'The file “{file}” cannot be read: {cause}.' },
  'document.no-table-found': { zh: '文件“{file}”中没有找到绩效目标表。请确认其中有“一级指标、二级指标、三级指标、指标值”表头。', en: 'No target table was found in “{file}”. It needs a header row with 一级指标, 二级指标, 三级指标, 指标值.' },
} as const satisfies Record<string, Words>;
