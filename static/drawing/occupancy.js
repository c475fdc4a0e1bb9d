// What is already taken on the screen: labels are placed around it.

const CELL = 48;

/** Rectangles {x, y, width, height} in a coarse grid. */
export class Occupancy {
  constructor() {
    this.cells = new Map();
  }

  *cellsOf(box) {
    const right = Math.floor((box.x + box.width) / CELL);
    const bottom = Math.floor((box.y + box.height) / CELL);
    for (let cx = Math.floor(box.x / CELL); cx <= right; cx++) {
      for (let cy = Math.floor(box.y / CELL); cy <= bottom; cy++) yield cx * 10007 + cy;
    }
  }

  /** Take a rectangle. */
  take(box) {
    for (const cell of this.cellsOf(box)) {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /** True where nothing overlaps the rectangle. */
  free(box) {
    for (const cell of this.cellsOf(box)) {
      for (const other of this.cells.get(cell) || []) {
        if (box.x < other.x + other.width && other.x < box.x + box.width
          && box.y < other.y + other.height && other.y < box.y + box.height) return false;
      }
    }
    return true;
  }
}
