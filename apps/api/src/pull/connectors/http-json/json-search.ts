import { Script, createContext } from 'node:vm';
import { type JSONPathNode, type JSONPathQuery, type JSONValue, jsonpath } from 'json-p3';

/** Bounds of searching a document for paths. The most nodes lie in memory together. */
export interface SearchBounds {
  /** Nodes that one path may take up on its way, and entries that its filters may look at. */
  readonly nodes: number;
  /** Processor time of one path, and of all paths and pages of one asking together. */
  readonly pathMs: number;
  readonly totalMs: number;
}

/** On two busy cores `$.rows[*]` of 60,000 rows (8 MB) takes 0.3 s, a filter over them 1 s, `$..name` 1.5 s; a million nodes weigh about 150 MB while they are kept. */
export const SEARCH_BOUNDS: SearchBounds = { nodes: 1_000_000, pathMs: 5_000, totalMs: 20_000 };

/** A path that cannot be followed: `PATH` in this document or at all, `TOO_MUCH` within the bounds. */
export class SearchBroke extends Error {
  constructor(readonly kind: 'PATH' | 'TOO_MUCH', readonly path: string) {
    super(`${kind} ${path}`);
  }
}

/** A crowded machine may take so many times as long by the clock before a path is given up; what counts is the work. */
const CROWDED = 2;
/** Nodes between two looks at the work. */
const LOOK_EVERY = 1_000;

/** Processor time this thread has used, in milliseconds. */
function used(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Where work is put to be run against the clock: only V8's own watch stops a regular expression that has lost its way. */
const room = createContext({ work: () => undefined });
const workInRoom = new Script('work()');

/** Follows JSONPaths (RFC 9535) through the documents of one asking, within its bounds. */
export class JsonSearch {
  /** @param spent milliseconds of `totalMs` that were used before: another page of the same asking */
  constructor(private readonly bounds: SearchBounds = SEARCH_BOUNDS, private spent = 0) {}

  /** Milliseconds of `totalMs` that are used. */
  get spentMs(): number {
    return this.spent;
  }

  /**
   * Hands every node that a path meets to `take`, one by one, until there are no more or `take` answers false.
   * @throws SearchBroke
   */
  each(path: string, document: unknown, take: (node: JSONPathNode) => boolean): void {
    this.within(path, (until) => {
      const query = jsonpath.compile(path);
      let met = 0;
      countNodes(query, () => { if ((met += 1) > this.bounds.nodes || (met % LOOK_EVERY === 0 && used() > until)) throw new SearchBroke('TOO_MUCH', path); });
      for (const node of query.lazyQuery(document as JSONValue)) if (!take(node)) return;
    });
  }

  /** @param work is told how much processor time the thread may have used at its end */
  private within(path: string, work: (until: number) => void): void {
    const left = Math.min(this.bounds.pathMs, this.bounds.totalMs - this.spent);
    if (left <= 0) throw new SearchBroke('TOO_MUCH', path);
    const begun = used();
    room['work'] = () => { work(begun + left); };
    try {
      // Between two nodes nobody looks: a regular expression is ended by the clock alone.
      workInRoom.runInContext(room, { timeout: Math.ceil(left * CROWDED) });
    } catch (cause) {
      if (cause instanceof SearchBroke) throw cause;
      // What is wrong with a path, and a document nested deeper than it can be walked.
      if (cause instanceof jsonpath.JSONPathError || cause instanceof RangeError) throw new SearchBroke('PATH', path);
      if ((cause as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new SearchBroke('TOO_MUCH', path);
      throw cause;
    } finally {
      // The room must not keep the document of the last asking.
      room['work'] = () => undefined;
      this.spent += used() - begun;
    }
  }
}

/** Has every node counted that a query meets, also the queries inside its filters, and every selector give its nodes one by one instead of in a list. */
function countNodes(query: JSONPathQuery, met: () => void): void {
  for (const selector of query.segments.flatMap((segment) => segment.selectors)) {
    const each = selector.lazyResolve.bind(selector);
    const counted = function* (node: JSONPathNode): Generator<JSONPathNode> {
      for (const found of each(node)) { met(); yield found; }
    };
    // Segments walk over what `resolve` answers; a list of a million nodes would be made whole, and spread over the stack.
    Object.assign(selector, { lazyResolve: counted, resolve: counted });
    if (selector instanceof jsonpath.selectors.FilterSelector) {
      const { expression } = selector;
      const holds = expression.evaluate.bind(expression);
      // What a filter looks at and leaves out is met as well.
      expression.evaluate = (context) => { met(); return holds(context); };
      countInside(expression, met);
    }
  }
}

function countInside(expression: jsonpath.expressions.FilterExpression, met: () => void): void {
  const { LogicalExpression, PrefixExpression, InfixExpression, FunctionExtension, FilterQuery } = jsonpath.expressions;
  if (expression instanceof FilterQuery) countNodes(expression.path, met);
  else if (expression instanceof LogicalExpression) countInside(expression.expression, met);
  else if (expression instanceof PrefixExpression) countInside(expression.right, met);
  else if (expression instanceof InfixExpression) [expression.left, expression.right].forEach((side) => { countInside(side, met); });
  else if (expression instanceof FunctionExtension) expression.args.forEach((arg) => { countInside(arg, met); });
}
