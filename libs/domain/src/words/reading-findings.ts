import type { Words } from './speak';

/** What a person should know about how a document was read. R- codes: the reading itself, not the content. Part of `FINDING_WORDS`. */
export const READING_FINDING_WORDS = {
  'R-shift': { zh: '“{name}”所在行（第 {place} 行）的单元格错列，已按指标名称、计算符号等归位，请核对。', en: 'The cells of “{name}” (line {place}) stood beside their columns and were put back by their words. Check the row.' },
  'R-continued': { zh: '“{name}”的内容分在几行（第 {place} 行），已拼接，请核对。', en: '“{name}” went on over several rows (line {place}) and was put together. Check it.' },
  'R-split': { zh: '“{name}”的指标值“{found}”断在几行（第 {place} 行），已拼接为“{expected}”。', en: 'The target of “{name}” was broken over lines as “{found}” (line {place}) and was put together as “{expected}”.' },
  'R-uncertain': { zh: '“{name}”与“{found}”之间的分界（第 {place} 行）是推断的，请核对。', en: 'Where “{name}” ends and “{found}” begins (line {place}) is inferred. Check it.' },
  'R-repeated': { zh: '“{name}”前（第 {place} 行）重复印了“{found}”，已与上一组合并。', en: '“{found}” is printed again before “{name}” (line {place}); it was joined with the group above.' },
  'R-level': { zh: '“{name}”的一级指标（第 {place} 行）缺失，按二级指标“{found}”推断为“{expected}”。', en: 'The first level of “{name}” (line {place}) is lost; from its second level “{found}” it is taken to be “{expected}”.' },
  'R-level-missing': { zh: '“{name}”（第 {place} 行）缺少{expected}，请补填。', en: '“{name}” (line {place}) has no {expected}. Fill it in.' },
  'R-weight': { zh: '“{name}”的分值权重“{found}”（第 {place} 行）读不出数字，暂记为 0，请补填。', en: 'The weight “{found}” of “{name}” (line {place}) is not a number; it stands as 0 until you fill it in.' },
  'R-rule': { zh: '“{name}”的赋分规则“{found}”（第 {place} 行）不认识，暂不采用，请选择。', en: 'The scoring rule “{found}” of “{name}” (line {place}) is not known and was left out. Choose one.' },
  'R-money': { zh: '“{label}”的金额“{found}”（第 {place} 行）读不出数字，请补填。', en: 'The amount “{found}” of “{label}” (line {place}) is not a number. Fill it in.' },
  'R-year': { zh: '表头（第 {place} 行）没有年度，按 {expected} 年处理（取自同一文件或导入时的指定），请核对。', en: 'The head (line {place}) has no year; {expected} was taken from the rest of the file or from what you gave. Check it.' },
  'R-stray': { zh: '表内文字“{found}”（第 {place} 行）不属于任何一格，未采用，请核对。', en: 'The text “{found}” inside the table (line {place}) fits into no cell and was left out. Check it.' },
  'R-hidden-sheet': { zh: '工作表“{found}”是隐藏的，没有读取。', en: 'The sheet “{found}” is hidden and was not read.' },
  'R-hidden-rows': { zh: '工作表“{sheet}”有 {count} 行是隐藏的，已一并读取，请核对。', en: 'The sheet “{sheet}” hides {count} rows; they were read with the others. Check them.' },
  'R-cut': { zh: '工作表“{sheet}”超过 {rows} 行或 {columns} 列，超出部分没有读取。', en: 'The sheet “{sheet}” has more than {rows} rows or {columns} columns; what lies beyond was not read.' },
  'R-macros': { zh: '文件中有宏程序，没有运行，也没有读取；只读取了表格中的文字。', en: 'The file holds macros. They were neither run nor read; only the text of its tables was.' },
  'R-external': { zh: '文件中有指向其他文件或程序的链接，没有打开；采用的是文件中保存的数值，请核对。', en: 'The file links to other files or programs. Nothing was opened; the values saved in the file were taken. Check them.' },
  'R-unseen': { zh: '有 {count} 个单元格含看不见的字符（零宽字符或文字方向符），已去掉，首处在第 {place} 行，请核对数字。', en: '{count} cells held signs nobody sees (of no width or of writing direction); they were taken out, first in line {place}. Check the numbers.' },
  'R-scanned-pages': { zh: '第 {pages} 页只有图像、没有文字，没有读取；请先用文字识别（OCR）软件处理。', en: 'Page {pages} is a picture without text and was not read. Run text recognition (OCR) first.' },
  'R-pages-cut': { zh: '文件有 {count} 页，只读取了前 {limit} 页。', en: 'The file has {count} pages; only the first {limit} were read.' },
  'R-converted': { zh: '“{kind}”文件先由 LibreOffice 转换后读取，请核对表格。', en: 'The “{kind}” file was converted by LibreOffice before it was read. Check the tables.' },
  'R-budget-columns': { zh: '表{budgetTable}原文丢失了空单元格，{found} 行的金额按行内、行间和表间的勾稽关系归入各列，请核对。', en: 'Table {budgetTable} had lost its empty cells; the amounts of {found} rows were put into columns by what has to add up. Check them.' },
  'R-budget-undecided': { zh: '表{budgetTable}中 {rows} 的金额 {found} 不能唯一确定属于哪一列，未归列，请补定。', en: 'Table {budgetTable}: the amounts {found} of {rows} fit several columns and were left unassigned. Choose their columns.' },
  'R-budget-head': { zh: '表{budgetTable}的列“{found}”不在已知格式内，该列金额未采用。', en: 'The column “{found}” of table {budgetTable} is not known; its amounts were not taken over.' },
} as const satisfies Record<string, Words>;
