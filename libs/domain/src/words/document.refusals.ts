import type { Words } from './speak';

/** Why a file cannot be taken. */
export const documentRefusals = {
  'document.unreadable': { zh: '文件“{file}”无法读取：{cause}。', en: 'The file “{file}” cannot be read: {cause}.' },
  'document.no-table-found': { zh: '文件“{file}”中没有找到绩效目标表。请确认其中有“一级指标、二级指标、三级指标、指标值”表头。', en: 'No target table was found in “{file}”. It needs a header row with 一级指标, 二级指标, 三级指标, 指标值.' },
  'document.empty': { zh: '文件“{file}”是空的，请重新选择文件。', en: 'The file “{file}” is empty. Choose another file.' },
  'document.too-large': { zh: '文件“{file}”有 {size} MB，超过 {limit} MB，请删去无关内容后再导入。', en: 'The file “{file}” has {size} MB, more than {limit} MB. Remove what does not belong to the tables and import it again.' },
  'document.kind-unsupported': { zh: '文件“{file}”的类型“{kind}”目前不能读取，请另存为 {known} 后导入。', en: 'Files of the kind “{kind}” cannot be read yet (“{file}”). Save it as {known} and import that.' },
  'document.kind-mismatch': { zh: '文件“{file}”的扩展名是“{extension}”，内容却是{kind}。请改正扩展名，或另存为所示类型。', en: 'The file “{file}” is named “{extension}”, but its content is {kind}. Correct the name or save it as what it says.' },
  'document.not-text': { zh: '文件“{file}”不是文本：第 {place} 字节处是二进制内容。', en: 'The file “{file}” is not text: there is binary content at byte {place}.' },
  'document.broken-workbook': { zh: '工作簿“{file}”已损坏或加密，无法打开（{cause}）。请用电子表格软件另存一份再导入。', en: 'The workbook “{file}” is damaged or encrypted and cannot be opened ({cause}). Save a fresh copy from your spreadsheet program.' },
  'document.broken-csv': { zh: '文件“{file}”第 {place} 行的引号没有成对，无法分出各列。', en: 'In “{file}”, line {place}, a quotation mark is not closed, so the columns cannot be told apart.' },
  'document.inflates-too-much': { zh: '工作簿“{file}”解压后有 {size} MB，超过 {limit} MB，没有读取。', en: 'The workbook “{file}” unpacks to {size} MB, more than {limit} MB; it was not read.' },
  'document.no-rows': { zh: '文件“{file}”第 {place} 行有绩效目标表的表头，但表头下没有读到任何指标。', en: 'In “{file}”, line {place}, there is the head of a target table but not one indicator below it.' },
  'document.too-many-rows': { zh: '文件“{file}”第 {place} 行的绩效目标表超过 {limit} 条指标，没有读取，请核对文件。', en: 'The target table in “{file}”, line {place}, has more than {limit} indicators and was not read. Check the file.' },
  'document.no-fiscal-year': { zh: '文件“{file}”第 {place} 行的绩效目标表没有年度。请在标题下写明“（2024 年）”，或在导入时指定年度。', en: 'The target table in “{file}”, line {place}, names no year. Write （2024 年） below its title, or give the year when importing.' },
} as const satisfies Record<string, Words>;
