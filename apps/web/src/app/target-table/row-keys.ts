import type { GridKey } from '../actual-entry/grid-keys';

/** What a key asks of the rows under the pen; `null` leaves the key to the field. */
export type RowCommand = 'down' | 'up' | 'add' | 'duplicate' | 'remove' | 'move-up' | 'move-down' | 'undo' | 'save';

/**
 * Keyboard of the target rows. Ctrl+Z belongs to the field as long as something was typed in it since it was entered: first the text is taken
 * back by the browser, then the rows by us.
 */
export function rowCommandOf(key: GridKey, field: { readonly typed: boolean; readonly multiline: boolean }): RowCommand | null {
  if (key.isComposing) return null;
  if (key.altKey && !key.ctrlKey && !key.metaKey) {
    if (key.key === 'ArrowUp') return 'move-up';
    return key.key === 'ArrowDown' ? 'move-down' : null;
  }
  if (key.ctrlKey || key.metaKey) {
    switch (key.key.toLowerCase()) {
      case 'z': return key.shiftKey || field.typed ? null : 'undo';
      case 's': return 'save';
      case 'd': return 'duplicate';
      case 'enter': return 'add';
      case 'delete': case 'backspace': return key.key === 'Delete' || key.shiftKey ? 'remove' : null;
      default: return null;
    }
  }
  if (key.key === 'Enter' && !field.multiline) return key.shiftKey ? 'up' : 'down';
  return null;
}

/** What a list of rows does when a key asks for it; `P` is the cell in which the key was struck. */
export interface RowDeeds<P> {
  save(): void;
  undo(): void;
  add(place: P): void;
  /** Absent where rows are not copied: the key is left to the browser. */
  duplicate?(place: P): void;
  remove(place: P): void;
  move(place: P, by: -1 | 1): void;
  step(place: P, by: -1 | 1): void;
}

/** Does what a key asks of the rows, and keeps the browser from doing something of its own then. Outside of cells only saving and undoing are asked, and a button keeps its Enter. */
export function obeyRowKey<P>(event: KeyboardEvent, place: P | null, typed: boolean, deeds: RowDeeds<P>): void {
  const command = rowCommandOf(event, { typed: typed && place !== null, multiline: false });
  if (command === null || (place === null && command !== 'undo' && command !== 'save') || (command === 'duplicate' && deeds.duplicate === undefined)) return;
  event.preventDefault();
  if (command === 'save') { deeds.save(); return; }
  if (command === 'undo') { deeds.undo(); return; }
  if (place === null) return;
  switch (command) {
    case 'add': deeds.add(place); return;
    case 'duplicate': deeds.duplicate?.(place); return;
    case 'remove': deeds.remove(place); return;
    case 'move-up': deeds.move(place, -1); return;
    case 'move-down': deeds.move(place, 1); return;
    case 'up': deeds.step(place, -1); return;
    case 'down': deeds.step(place, 1); return;
  }
}
