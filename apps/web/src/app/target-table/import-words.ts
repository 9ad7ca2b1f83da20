import { dictionary } from '../words/dictionary';

export const importWords = dictionary(
  {
    title: '导入目标表', intro: '选择已批复的绩效目标表文件，先核对识别结果，再生成草稿。核对之前不会写入任何内容。', step1: '选择单位和文件', step2: '核对识别结果', step3: '生成草稿',
    unit: '归属单位', unitChoose: '请选择单位', drop: '把文件拖到这里，或', choose: '选择文件', formats: '支持 .xlsx、.csv，以及由 Word 或 PDF 转出的 .txt 文本', reading: '正在识别“{file}”…', again: '换一个文件', unitMissing: '请先选择归属单位。',
    found: '“{file}”中识别出 {n} 张目标表，{rows} 项指标', foundNone: '“{file}”中没有识别出目标表', table: '第 {n} 张', weight: '分值合计 {sum}', sure: '识别把握 {share}', unsure: '有 {n} 行把握较低，请逐行核对', yearMissing: '未识别出年度',
    doneNext: '下一步：打开每张草稿核对，确认无误后送审；批复之后按季度开放填报。', commit: '生成 {n} 张草稿', committing: '正在生成…', errorsKeep: '有错误的表也可生成草稿，改正之前不能送审。', done: '已生成 {n} 张草稿', open: '打开', toList: '返回列表', lowRow: '把握 {share}，位置：{place}',
  },
  {
    title: 'Import target tables', intro: 'Choose the file of the approved target tables, check what was read, then make drafts. Nothing is written before you have checked.', step1: 'Unit and file', step2: 'Check what was read', step3: 'Make drafts',
    unit: 'Unit', unitChoose: 'Choose a unit', drop: 'Drop a file here, or', choose: 'choose a file', formats: '.xlsx, .csv, or .txt taken from Word or PDF', reading: 'Reading “{file}”…', again: 'Another file', unitMissing: 'Choose the unit first.',
    found: '“{file}”: {n} target tables, {rows} indicators', foundNone: 'No target table was found in “{file}”', table: 'Table {n}', weight: 'Weights add up to {sum}', sure: 'Certainty {share}', unsure: '{n} rows are uncertain; check each of them', yearMissing: 'Year not found',
    doneNext: 'Next: open each draft, check it and submit it; once it is approved its quarters open as they come.', commit: 'Make {n} drafts', committing: 'Making drafts…', errorsKeep: 'Tables with errors become drafts too; they cannot be submitted before they are mended.', done: '{n} drafts made', open: 'Open', toList: 'Back to the list', lowRow: 'Certainty {share}, at {place}',
  },
);
export type ImportKey = keyof (typeof importWords)['zh'];
