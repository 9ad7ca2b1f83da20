import type { RuleProfile } from '../rule-profile';
import { MOF_2020_10 } from './mof-2020-10';

const EXAMPLE = '财预〔2021〕101号（示例，据记忆转述）';

/** 财预〔2021〕101号: pass threshold of 60 %, satisfaction and execution by bands. The text is known from memory only. */
export const MOF_2021_101: RuleProfile = {
  ...MOF_2020_10,
  name: 'MOF-2021-101',
  version: 1,
  title: {
    zh: '核心绩效目标和指标设置及取值指引（财预〔2021〕101号）',
    en: 'Guidelines for Core Performance Targets, Indicators and Their Values (Cai Yu [2021] No. 101)',
  },
  notes: {
    zh: '本规则所依据的财预〔2021〕101号原文未能核对，仅据记忆整理；及格门槛、满意度分档和执行率分档均为该文件中的示例，使用前请对照原文和本地规定。其余参数同 MOF-2020-10。',
    en: 'The text of Cai Yu [2021] No. 101 could not be opened and is known here from memory only; the pass threshold and the bands for satisfaction and execution are examples of that document. Compare with the original and the local rules before use. All other parameters are those of MOF-2020-10.',
  },
  proportional: { passThreshold: '0.60', passFormula: 'ABOVE_THRESHOLD' },
  satisfaction: {
    mode: 'BANDED',
    bands: [{ from: '90', earns: '1.00' }, { from: '80', earns: '0.80' }, { from: '60', earns: '0.50' }, { from: '0', earns: '0.00' }],
    zeroBelow: null,
  },
  execution: {
    mode: 'BANDED',
    bands: [{ from: '100', earns: '10' }, { from: '80', earns: '7' }, { from: '60', earns: '5' }, { from: '0', earns: '0' }],
    zeroBudget: 'RESCALE',
  },
  clauses: {
    ...MOF_2020_10.clauses,
    targetWeightTotal: '财预〔2021〕101号（产出40、成本20、效益20、满意度10，预算执行率10，据记忆转述）',
    'proportional.passThreshold': `${EXAMPLE}：及格门槛60%`,
    'proportional.passFormula': `${EXAMPLE}：（完成率−60%）÷（1−60%）×分值`,
    'satisfaction.mode': `${EXAMPLE}：满意度≥90%、80%–90%、60%–80%、<60% 分档`,
    'satisfaction.bands': `${EXAMPLE}：满意度≥90%、80%–90%、60%–80%、<60% 分档`,
    'execution.mode': `${EXAMPLE}：执行率分档 10/7/5/0`,
    'execution.bands': `${EXAMPLE}：执行率分档 10/7/5/0`,
    defaultRules: '财预〔2021〕101号（直接赋分、按照完成比例赋分、按评判等级赋分、满意度赋分，据记忆转述）',
  },
};
