/** A machine-made remark beside a row of a form: outside the form itself and not on paper. ACCEPTED: a warning somebody took on with a reason. */
export interface FormNote {
  readonly severity: 'ERROR' | 'WARN' | 'INFO' | 'ACCEPTED';
  readonly text: string;
}
