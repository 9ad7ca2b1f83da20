/** The key as the browser reports it. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> & { readonly code?: string };

/** What a key asks of the staged table. null leaves it to the browser. */
export type StagedCommand = 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'row-start' | 'row-end' | 'edit' | 'type' | 'clear' | 'select' | 'undo' | 'redo' | 'add-row' | 'delete-rows' | 'merge-rows' | 'split-row';

/** What a key asks while a cell is written. */
export type EditorCommand = 'commit-down' | 'commit-up' | 'commit-right' | 'commit-left' | 'cancel';

/** Keyboard of the staged table, as people know it from spreadsheets. Tab leaves the table: the page stays reachable. */
export function stagedCommand(event: PressedKey): StagedCommand | null {
  if (event.isComposing) return null;
  // By the place of the key: with Alt some keyboards write other signs.
  if (event.altKey) return event.ctrlKey || event.metaKey ? null : event.code === 'KeyM' ? 'merge-rows' : event.code === 'KeyS' ? 'split-row' : null;
  if (event.ctrlKey || event.metaKey) {
    switch (event.key) {
      case 'z': case 'Z': return event.shiftKey ? 'redo' : 'undo';
      case 'y': case 'Y': return 'redo';
      case 'Home': return 'first';
      case 'End': return 'last';
      case 'Enter': return 'add-row';
      case 'Delete': case 'Backspace': return 'delete-rows';
      default: return null;
    }
  }
  switch (event.key) {
    case 'ArrowUp': return 'up';
    case 'ArrowDown': return 'down';
    case 'ArrowLeft': return 'left';
    case 'ArrowRight': return 'right';
    case 'Home': return 'row-start';
    case 'End': return 'row-end';
    case 'Enter': case 'F2': return 'edit';
    case 'Delete': case 'Backspace': return 'clear';
    case ' ': return 'select';
    default: return event.key.length === 1 ? 'type' : null;
  }
}

/** Keys inside a cell that is being written: Enter and Tab keep it, Escape gives it up. */
export function editorCommand(event: PressedKey): EditorCommand | null {
  if (event.isComposing) return null;
  switch (event.key) {
    // A line of its own inside a cell, as in spreadsheets.
    case 'Enter': return event.altKey ? null : event.shiftKey ? 'commit-up' : 'commit-down';
    case 'Tab': return event.shiftKey ? 'commit-left' : 'commit-right';
    case 'Escape': return 'cancel';
    default: return null;
  }
}
