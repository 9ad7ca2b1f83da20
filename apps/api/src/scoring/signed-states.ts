/** States in which a manager, a department or finance answers for the points of a quarter or a year. */
export const SIGNED_STATES: readonly string[] = ['SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED'];
