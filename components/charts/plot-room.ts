/** Pixels that a chart's frame and what is drawn in it, which is loaded later, keep for the same things. */

/** For the words under the dotted line of bars. */
export const BARS_BOTTOM = 20;
export const LINES_TOP = 6;
export const LINES_X_AXIS = 20;
/** For the names at the lines' ends. */
export const LINE_NAMES = 64;
