import type { Words } from './speak';

/** Why a source gave nothing, or gave something that cannot be used. */
export const pullRefusals = {
  'pull.source-away': { zh: '取数源“{source}”没有应答：{cause}。系统会自动重试；多次不成功将暂停该取数源，请联系对方维护人员。', en: 'The source “{source}” did not answer: {cause}. It is tried again; after several failures the source is paused. Ask its operators.' },
  'pull.not-allowed': { zh: '取数源“{source}”拒绝访问（{status}），请取数源负责人核对授权后再取数。', en: 'The source “{source}” refused access ({status}). Its owner has to check the authorisation, then pull again.' },
  'pull.not-there': { zh: '取数源“{source}”没有 {period} 的数据，已填数值保持不变；请过几日再取，或直接填报。', en: '“{source}” has no data for {period}; what was entered stays. Pull again in a few days, or enter the values.' },
  'pull.unreadable-body': { zh: '取数源“{source}”返回的内容无法读取：{cause}。原文已留存，请对照取数设置核对。', en: 'What “{source}” answered cannot be read: {cause}. The original is kept; compare it with the settings of the source.' },
  'pull.unreadable-value': { zh: '取数源给出的“{verbatim}”读不出数值，已原样留存，请直接填报。', en: 'No value can be read from “{verbatim}”. It is kept as it came; please enter the value.' },
  'pull.ambiguous': { zh: '取数源对“{field}”给出了多个不同的值（{verbatim}），无法确定用哪一个，请直接填报。', en: 'The source gave several different values for “{field}” ({verbatim}); please enter the right one.' },
  'pull.field-absent': { zh: '取到的数据中没有编码为“{field}”的行，请核对编码。', en: 'The source has no row with the key “{field}”. Check the key.' },
  'pull.too-large': { zh: '取数源“{source}”的内容超过 {limit} MB，已停止读取，请缩小取数范围。', en: '“{source}” sends more than {limit} MB; reading was stopped. Narrow down what it delivers.' },
  'pull.place-forbidden': { zh: '取数地址“{place}”不在允许的范围内，请系统管理员在配置中加入该主机或目录。', en: 'The place “{place}” is not allowed. An administrator has to list its host or folder in the configuration.' },
  'pull.place-malformed': { zh: '取数地址“{place}”写法有误：{cause}。', en: 'The place “{place}” is not written correctly: {cause}.' },
  'pull.source-paused': { zh: '取数源“{source}”已暂停：{reason}', en: 'The source “{source}” is paused: {reason}' },
  'pull.source-not-found': { zh: '没有找到这个取数源。', en: 'This source was not found.' },
  'pull.indicator-unknown': { zh: '本单位的目标表中没有编号为“{key}”的指标，请核对取数对应关系。', en: 'No indicator “{key}” exists in the tables of this unit. Check the mapping.' },
  'pull.indicator-twice': { zh: '指标“{key}”在取数对应关系中出现了两次，一个指标只能对应一个来源字段。', en: 'Indicator “{key}” appears twice in the mapping; it takes one field of the source.' },
  'pull.name-taken': { zh: '本单位已有名为“{name}”的取数源，请换一个名称。', en: 'This unit already has a source called “{name}”. Choose another name.' },
  'pull.already-running': { zh: '取数源“{source}”正在取数，请等它完成。', en: '“{source}” is being pulled right now; wait until it is done.' },
  'pull.nothing-to-fill': { zh: '{period} 没有可填报的监控表，无需取数。', en: 'No report of {period} can be filled in; there is nothing to pull for.' },
} as const satisfies Record<string, Words>;
