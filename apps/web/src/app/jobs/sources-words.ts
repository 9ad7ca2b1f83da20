import { dictionary } from '../words/dictionary';

export const sourcesWords = dictionary(
  {
    title: '取数来源', lead: '从其他系统取来的数只作为候选值，放在填报格旁边，由填报人决定是否采用，绝不覆盖已填的数。', add: '新建来源', period: '报告期', run: '立即取数', running: '正在取数…', started: '已开始取数，可在“后台任务”查看进度。', seeJobs: '查看后台任务',
    kindHTTP_JSON: '网络接口（JSON）', kindSHEET_FOLDER: '表格文件夹（CSV / Excel）', place: '地址', placeFolder: '文件夹', mappings: '对应 {n} 项指标', indicator: '指标', field: '来源字段', unit: '单位', lastRun: '上次取数', never: '还没有取过数', outcome: '取到 {observations} 个数：候选 {candidates} 个，与已填一致 {same} 个',
    paused: '已暂停：{reason}', resume: '恢复取数', name: '名称', kind: '类型', keyField: '指标编码列', valueField: '数值列', rowsPath: '数据行的 JSONPath', ownerUnit: '所属单位', create: '建立', choose: '请选择', table: '目标表', addMapping: '选入指标', emptyTitle: '还没有取数来源', emptyText: '来源把社保核心系统或一体化系统的数自动取来作为候选值，由填报人或系统管理员通过接口 POST /api/pull-sources 建立，字段见 /api/openapi.json。',
    mappingHint: '填写来源中代表该指标的编码（如 pension.insured）；不取的留空。', placeHintHTTP_JSON: '例如 http://10.1.2.3/api/actuals?year=2024&quarter=4，主机须在允许名单内。', placeHintSHEET_FOLDER: '取数文件夹下的子文件夹，例如 kz。',
  },
  {
    title: 'Pull sources', lead: 'A value from another system is only a candidate beside the cell. The reporter decides; nothing that was typed is ever overwritten.', add: 'New source', period: 'Period', run: 'Pull now', running: 'Pulling…', started: 'The pull has started; follow it under Jobs.', seeJobs: 'See the jobs',
    kindHTTP_JSON: 'Web address (JSON)', kindSHEET_FOLDER: 'Folder of sheets (CSV / Excel)', place: 'Address', placeFolder: 'Folder', mappings: '{n} indicators mapped', indicator: 'Indicator', field: 'Field in the source', unit: 'Unit', lastRun: 'Last pull', never: 'Never pulled yet', outcome: '{observations} values: {candidates} candidates, {same} equal to what was typed',
    paused: 'Paused: {reason}', resume: 'Resume', name: 'Name', kind: 'Kind', keyField: 'Column of the key', valueField: 'Column of the value', rowsPath: 'JSONPath of the rows', ownerUnit: 'Budget unit', create: 'Create', choose: 'Choose', table: 'Target table', addMapping: 'Map indicators', emptyTitle: 'No sources yet', emptyText: 'A source fetches values from the core insurance system or the integrated platform as candidates. A reporter or administrator makes one through POST /api/pull-sources; its fields are in /api/openapi.json.',
    mappingHint: 'Write the key that stands for the indicator in the source (such as pension.insured); leave the others empty.', placeHintHTTP_JSON: 'Such as http://10.1.2.3/api/actuals?year=2024&quarter=4; the host must be on the allow-list.', placeHintSHEET_FOLDER: 'A folder below the pull folder, such as kz.',
  },
);
