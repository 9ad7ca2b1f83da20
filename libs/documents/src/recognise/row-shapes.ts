import type { ColumnRole } from './form-words';
import type { RecognisedCell } from './recognised-table';

type Shown = Partial<Record<ColumnRole, RecognisedCell>>;
type Levels = Readonly<Partial<Record<'level1' | 'level2', RecognisedCell>>>;

interface Shape {
  readonly roles: readonly string[];
  readonly hasLevel1: boolean;
  readonly hasLevel2: boolean;
  readonly blank: Shown;
}

/** Shapes of rows that are kept of one table; a sound table has two or three. */
const KEPT_SHAPES = 8;

/**
 * The shapes in which the rows of one table are shown. An object that gets a dozen keys one after the other costs more than everything that is
 * written into it; a copy of one that has them already costs next to nothing.
 */
export class RowShapes {
  private readonly shapes: Shape[] = [];

  /** An object with a key for every filled cell, levels first; each is to be overwritten. */
  blank(levels: Levels, cells: Readonly<Partial<Record<ColumnRole, unknown>>>): Shown {
    for (const shape of this.shapes) if (fits(shape, levels, cells)) return { ...shape.blank };
    const shape = shapeOf(levels, cells);
    if (this.shapes.length < KEPT_SHAPES) this.shapes.push(shape);
    return { ...shape.blank };
  }
}

function fits({ roles, hasLevel1, hasLevel2 }: Shape, levels: Levels, cells: Readonly<Partial<Record<ColumnRole, unknown>>>): boolean {
  if (hasLevel1 !== (levels.level1 !== undefined) || hasLevel2 !== (levels.level2 !== undefined)) return false;
  let at = 0;
  for (const role in cells) {
    if (role === 'level1' || role === 'level2' || cells[role as ColumnRole] === undefined) continue;
    if (roles[at] !== role) return false;
    at += 1;
  }
  return at === roles.length;
}

const TO_COME: RecognisedCell = { raw: '', confidence: '', places: [] };

function shapeOf(levels: Levels, cells: Readonly<Partial<Record<ColumnRole, unknown>>>): Shape {
  const [hasLevel1, hasLevel2] = [levels.level1 !== undefined, levels.level2 !== undefined];
  const roles = Object.keys(cells).filter((role) => role !== 'level1' && role !== 'level2' && cells[role as ColumnRole] !== undefined);
  const blank: Shown = {};
  if (hasLevel1) blank.level1 = TO_COME;
  if (hasLevel2) blank.level2 = TO_COME;
  for (const role of roles) blank[role as ColumnRole] = TO_COME;
  return { roles, hasLevel1, hasLevel2, blank };
}
