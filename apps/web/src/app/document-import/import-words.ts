import { dictionary } from '../words/dictionary';

/** Sentences of the page on which documents are brought in. */
export const importWords = dictionary(
  {
    title: '导入目标表', intro: '把已公开或已批复的文件拖进来：系统识别其中的绩效目标表，您对照原件核对后点“采纳”，才会生成草稿。', unit: '归属单位', unitAuto: '按文件中的单位名称识别', year: '年度（文件未写年度时采用）', drop: '把文件拖到这里，可一次多个，或', choose: '选择文件',
    formats: '支持 Word（.docx）、Excel（.xlsx、.xls）、CSV、PDF（有文字层）、网页（.html）和文本（.txt、.md）；每个文件不超过 {mb} MB。扫描图片请先转成文字。', uploads: '正在上传的文件', going: '正在上传 {share}%', waiting: '等待上传', brought: '已上传，正在识别', open: '打开核对', refused: '未能上传',
    recent: '最近导入', recentEmpty: '还没有导入过文件。', columnFile: '文件', columnUnit: '单位', columnTables: '目标表', columnState: '状态', columnBy: '导入人', tablesCount: '{tables} 张，{rows} 项', tablesAccepted: '已采纳 {n} 张', unitOpen: '待选择', more: '加载更多',
    stateREADING: '读取中', stateSTAGED: '待核对', stateACCEPTED: '已采纳', stateUNDONE: '已撤销', stateREFUSED: '未能读取',
    templates: '下载空白表', templatesText: '按官方格式填好后，在本页导入。', templateF1: '单位整体绩效目标表', templateF2: '项目支出绩效目标表', excel: 'Excel', word: 'Word',
  },
  {
    title: 'Import target tables', intro: 'Drop published or approved documents here: the target tables in them are read, you compare them with the original, and only when you press “Accept” drafts are made.', unit: 'Unit', unitAuto: 'As the document names it', year: 'Year (where the document names none)', drop: 'Drop files here, several at once if you like, or', choose: 'choose files',
    formats: 'Word (.docx), Excel (.xlsx, .xls), CSV, PDF (with text), web pages (.html) and text (.txt, .md); {mb} MB a file at most. Turn scanned pictures into text first.', uploads: 'Files on their way', going: '{share}% sent', waiting: 'Waiting', brought: 'Sent, being read', open: 'Check it', refused: 'Not taken',
    recent: 'Recent imports', recentEmpty: 'No document has been imported yet.', columnFile: 'Document', columnUnit: 'Unit', columnTables: 'Tables', columnState: 'State', columnBy: 'By', tablesCount: '{tables} tables, {rows} rows', tablesAccepted: '{n} accepted', unitOpen: 'to be chosen', more: 'More',
    stateREADING: 'Being read', stateSTAGED: 'To be checked', stateACCEPTED: 'Accepted', stateUNDONE: 'Undone', stateREFUSED: 'Not readable',
    templates: 'Empty forms', templatesText: 'Fill one in as it is laid out and import it here.', templateF1: 'Table of the whole unit', templateF2: 'Table of a project', excel: 'Excel', word: 'Word',
  },
);
