import { dictionary } from '../words/dictionary';

/** Sentences of the page on which documents are brought in. */
export const importWords = dictionary(
  {
    title: '导入目标表', intro: '把已公开或已批复的文件拖进来：系统识别其中的绩效目标表，您对照原件核对后点“采纳”，才会生成草稿。', unit: '归属单位', unitAuto: '按文件中的单位名称识别', year: '年度（文件未写年度时采用）', drop: '把文件拖到这里，可一次多个，或', choose: '选择文件',
    formats: '支持 Word（.docx）、Excel（.xlsx、.xls）、CSV、PDF（有文字层）、OFD、网页（.html）和文本（.txt、.md）；每个文件不超过 {mb} MB。扫描图片请先转成文字。', mayNot: '导入由填报人办理', mayNotText: '您可以查看下方的导入记录和下载空白表；要导入文件，请由该单位的填报人登录后办理，或请系统管理员在“人员与单位”中为您增加填报人角色。', uploads: '正在上传的文件', going: '正在上传 {share}%', waiting: '等待上传', brought: '已上传，正在识别', open: '打开核对', refused: '未能上传',
    recent: '最近导入', recentEmpty: '还没有导入过文件。', columnFile: '文件', columnUnit: '单位', columnTables: '目标表', columnState: '状态', columnBy: '导入人', tablesCount: '{tables} 张，{rows} 项', tablesAccepted: '已采纳 {n} 张', unitOpen: '待选择', more: '加载更多',
    stateREADING: '读取中', stateSTAGED: '待核对', stateACCEPTED: '已采纳', stateUNDONE: '已撤销', stateREFUSED: '未能读取',
    templates: '下载空白表', templatesText: '按官方格式填好后，在本页导入。', excel: 'Excel', word: 'Word',
    templateOfF1: '单位整体绩效目标表', templateOfF2: '项目支出绩效目标表', otherForms: '其他表样（监控表、自评表和各地格式，{n} 种）',
    'templateOfF1-2015': '部门（单位）整体支出绩效目标申报表（2015 年表样）', 'templateOfF2-2015': '项目支出绩效目标申报表（2015 年表样）', 'templateOfF2-2021': '项目支出绩效目标表（含指标解释与取值方式，2021 年表样）', templateOfF3: '项目支出绩效目标执行监控表', templateOfF4: '项目支出绩效自评表', 'templateOfF4-AH': '项目支出绩效自评表（安徽）', 'templateOfF4-SC': '部门预算项目支出绩效自评表（四川）', 'templateOfF4-GX': '项目支出绩效自评表（广西）', 'templateOfF4-F2': '项目支出绩效自评表（含依据、赋分规则、佐证资料）', templateOfF5: '单位整体支出绩效自评表', 'templateOfF5-CQ': '部门整体绩效自评表（重庆）', 'templateOfF5-TJ': '部门整体绩效自评表（天津）',
  },
  {
    title: 'Import target tables', intro: 'Drop published or approved documents here: the target tables in them are read, you compare them with the original, and only when you press “Accept” drafts are made.', unit: 'Unit', unitAuto: 'As the document names it', year: 'Year (where the document names none)', drop: 'Drop files here, several at once if you like, or', choose: 'choose files',
    formats: 'Word (.docx), Excel (.xlsx, .xls), CSV, PDF (with text), OFD, web pages (.html) and text (.txt, .md); {mb} MB a file at most. Turn scanned pictures into text first.', mayNot: 'Reporters import documents', mayNotText: 'You may look at the imports below and download empty forms. To import a document, a reporter of the unit signs in, or an administrator gives you that role under “People and units”.', uploads: 'Files on their way', going: '{share}% sent', waiting: 'Waiting', brought: 'Sent, being read', open: 'Check it', refused: 'Not taken',
    recent: 'Recent imports', recentEmpty: 'No document has been imported yet.', columnFile: 'Document', columnUnit: 'Unit', columnTables: 'Tables', columnState: 'State', columnBy: 'By', tablesCount: '{tables} tables, {rows} rows', tablesAccepted: '{n} accepted', unitOpen: 'to be chosen', more: 'More',
    stateREADING: 'Being read', stateSTAGED: 'To be checked', stateACCEPTED: 'Accepted', stateUNDONE: 'Undone', stateREFUSED: 'Not readable',
    templates: 'Empty forms', templatesText: 'Fill one in as it is laid out and import it here.', excel: 'Excel', word: 'Word',
    templateOfF1: 'Table of the whole unit', templateOfF2: 'Table of a project', otherForms: 'Other forms: monitoring, self-evaluation and those of provinces ({n})',
    'templateOfF1-2015': 'Targets of the whole unit (2015 form)', 'templateOfF2-2015': 'Targets of a project (2015 form)', 'templateOfF2-2021': 'Targets of a project with measurement (2021 form)', templateOfF3: 'Monitoring of a project', templateOfF4: 'Self-evaluation of a project', 'templateOfF4-AH': 'Self-evaluation of a project (Anhui)', 'templateOfF4-SC': 'Self-evaluation of a project (Sichuan)', 'templateOfF4-GX': 'Self-evaluation of a project (Guangxi)', 'templateOfF4-F2': 'Self-evaluation of a project with basis, rule and evidence', templateOfF5: 'Self-evaluation of the whole unit', 'templateOfF5-CQ': 'Self-evaluation of the whole unit (Chongqing)', 'templateOfF5-TJ': 'Self-evaluation of the whole unit (Tianjin)',
  },
);
