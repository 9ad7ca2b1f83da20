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
