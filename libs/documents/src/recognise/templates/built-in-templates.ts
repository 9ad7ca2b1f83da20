import { F1 } from './f1-unit';
import { F1_2015 } from './f1-2015';
import { F2 } from './f2-project';
import { F2_2015 } from './f2-2015';
import { F2_2021 } from './f2-2021';
import { F3 } from './f3-monitoring';
import { F4_ANHUI } from './f4-anhui';
import { F4_GUANGXI } from './f4-guangxi';
import { F4 } from './f4-project';
import { F4_WITH_BASIS } from './f4-with-basis';
import { F4_SICHUAN } from './f4-sichuan';
import { F5_CHONGQING } from './f5-chongqing';
import { F5_TIANJIN } from './f5-tianjin';
import { F5 } from './f5-unit';
import type { RecognitionTemplate } from './recognition-template';

/** The forms that are known without being told. Of two that fit equally well the first counts. */
export const BUILT_IN_TEMPLATES: readonly RecognitionTemplate[] = [
  F1, F2, F1_2015, F2_2015, F2_2021, F3, F4, F4_ANHUI, F4_SICHUAN, F4_GUANGXI, F4_WITH_BASIS, F5, F5_CHONGQING, F5_TIANJIN,
];
