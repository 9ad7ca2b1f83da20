/** What a key asks of the grid. `null` leaves the key to the input. */
export type GridCommand =
  | 'down' | 'up' | 'next' | 'previous' | 'page-down' | 'page-up' | 'first' | 'last'
  | 'edit' | 'revert' | 'undo' | 'redo' | 'fill-down' | 'detail' | 'save';

/** The key as the browser reports it. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** An input method is composing: every key belongs to it (Enter ends the pinyin, it does not leave the cell). */
  readonly isComposing: boolean;
}

/** Where the caret stands in the cell. */
export interface CaretPlace {
  /** The cell is being edited: its text was touched or F2 was pressed. Otherwise all of it is selected. */
  readonly editing: boolean;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/**
 * Keyboard of the entry grid, as people know it from spreadsheets: Enter and the vertical arrows change the row, horizontal arrows
 * change the cell at the ends of the text or when the cell is not being edited, Tab follows the page.
 */
export function commandOf(event: GridKey, caret: CaretPlace): GridCommand | null {
  if (event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    switch (event.key.toLowerCase()) {
      case 'z': return event.shiftKey ? 'redo' : 'undo';
      case 'y': return 'redo';
      case 'd': return 'fill-down';
      case 's': return 'save';
      case 'enter': return 'detail';
      case 'home': return 'first';
      case 'end': return 'last';
      default: return null;
    }
  }
  switch (event.key) {
    case 'Enter': return event.shiftKey ? 'up' : 'down';
    case 'Escape': return 'revert';
    case 'F2': return 'edit';
    case 'ArrowDown': return event.shiftKey ? null : 'down';
    case 'ArrowUp': return event.shiftKey ? null : 'up';
    case 'ArrowRight': return !event.shiftKey && (!caret.editing || caret.atEnd) ? 'next' : null;
    case 'ArrowLeft': return !event.shiftKey && (!caret.editing || caret.atStart) ? 'previous' : null;
    case 'PageDown': return 'page-down';
    case 'PageUp': return 'page-up';
    default: return null;
  }
}
