/** 实际完成情况 of the form: written like a chapter, printed beside the goal. */
export const GOAL_ACHIEVED = 'goal-achieved';
/** Why the money was spent as it was; the last quarter's words stand until somebody writes here. */
export const EXECUTION_REASON = 'execution-reason';
