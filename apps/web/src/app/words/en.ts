import type { CommonKey } from './zh-cn';

/** The shared words in English; the type makes a missing one refuse to compile. */
export const en: Readonly<Record<CommonKey, string>> = {
  save: 'Save', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', back: 'Back', retry: 'Try again', search: 'Search', more: 'Load more', print: 'Print', loading: 'Loading…',
  saving: 'Saving…', saved: 'Saved', refused: 'Not saved', changedElsewhere: 'Changed by someone else', optional: 'optional', none: 'None', notReported: 'Not reported', notApplicable: 'Not applicable',
  yes: 'Yes', no: 'No', unit: 'Budget unit', fiscalYear: 'Fiscal year', year: '{year}', quarter: 'Quarter {n}', points: 'Points', weight: 'Weight', total: 'Total', rating: 'Rating', version: 'Version {n}',
  wanYuan: '10,000 yuan', people: 'people', daysLeft: '{n} days left', dueToday: 'Due today', overdue: '{n} days overdue', dueOn: 'Due {day}', progress: '{done} of {total} filled in',
  subjectPROJECT: 'Project', subjectUNIT: 'Whole unit',
  stateDRAFT: 'In progress', stateSUBMITTED: 'Submitted', stateREVIEWED: 'Reviewed', stateSIGNED: 'Signed', stateDEPARTMENT_ACCEPTED: 'Accepted by the department', stateAPPROVED: 'Approved', stateACCEPTED: 'Accepted by finance', stateRETURNED: 'Returned', stateSUPERSEDED: 'Superseded',
  stateFUTURE: 'Not yet open', stateOPEN: 'Open', stateCLOSED: 'Closed', stateWAITING: 'Waiting', stateRUNNING: 'Running', stateDONE: 'Done', stateNOTHING: 'Nothing found', stateFAILED: 'Failed', stateCANCELLED: 'Cancelled', stateOVERTAKEN: 'Failed, works again', stateGONE: 'Failed, history', stateREADY: 'Ready', stateNONE: 'Not yet scored', stateACTIVE: 'Active', statePAUSED: 'Paused', stateOFF: 'Switched off',
  tableDRAFT: 'Draft',
  moveSubmit: 'Submit', moveWithdraw: 'Withdraw', moveReview: 'Mark as reviewed', moveUnreview: 'Take back the review', moveReturn: 'Return for correction', moveSign: 'Sign off', moveReopen: 'Reopen', moveAcceptDepartment: 'Accept for the department', moveAccept: 'Accept for finance', moveApprove: 'Approve', moveAdjust: 'Adjust targets', moveUnknown: '{move}',
  roleReporter: 'Reporter', roleReviewer: 'Reviewer', roleManager: 'Manager', roleDepartment: 'Department', roleFinance: 'Finance', roleAdministrator: 'Administrator',
  lightRED: 'Red: clearly behind, step in', lightYELLOW: 'Yellow: off course, keep an eye on it', lightGREEN: 'Green: on course', lightBLUE: 'Blue: far above target, explain why', lightNONE: 'No light yet',
  lightShortRED: 'Red', lightShortYELLOW: 'Yellow', lightShortGREEN: 'Green', lightShortBLUE: 'Blue', lightShortNONE: '—',
  causeFUNDS: 'Funds', causeSYSTEM: 'Rules and institutions', causeSTAFF: 'Staff', causeEQUIPMENT: 'Equipment', causeOTHER: 'Other', causeTARGET_TOO_LOW: 'Target set too low',
  likelihoodCERTAIN: 'Certain', likelihoodPOSSIBLE: 'Possible', likelihoodIMPOSSIBLE: 'Impossible',
  originTYPED: 'Typed', originPULLED: 'Pulled', originIMPORTED: 'Imported', originCORRECTED: 'Corrected',
  severityERROR: 'Error', severityWARN: 'Warning', severityINFO: 'Note', severityACCEPTED: 'Accepted',
  level1: 'Level 1', level2: 'Level 2', level3: 'Indicator', target: 'Target', basis: 'Basis', previousActual: 'Last year', scoringRule: 'Scoring rule', evidence: 'Evidence', actual: 'Actual',
  rulePROPORTIONAL: 'Proportional', ruleGRADE: 'By grade', ruleSATISFACTION: 'Satisfaction', ruleDIRECT: 'All or nothing',
  scored: '{points} points of {weight}', notScored: 'No points yet of {weight}', why: 'Show how the points came about', trace: 'How the points came about',
  opinion: 'Opinion', opinionHint: 'Say what and why; the other side will read it', opinionRequired: 'Returning and reopening need a written opinion.', history: 'History', signSuperseded: 'Superseded when it was reopened; kept on record', historyEmpty: 'Nothing has happened yet.', versions: 'Versions', findings: 'Findings', findingsNone: 'Nothing found.',
  somethingWrong: 'Something went wrong', reloadPage: 'Reload',
};
