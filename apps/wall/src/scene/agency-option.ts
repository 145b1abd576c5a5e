import type { BarSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import {
  HEADING_MARK_TO_TEXT,
  NAME_GAP_TO_TEXT,
  type ColumnKey,
  type Matrix,
  type MatrixColumn,
} from './agency-matrix.js';

export type AgencyOption = ComposeOption<BarSeriesOption | GridComponentOption | GraphicComponentOption>;

/** Colours of WALL.md; old data is grey whatever it says. */
const COLOURS: Readonly<Record<ColumnKey, string>> = {
  overdue: '#FF7A7A',
  dueSoon: '#FFB547',
  onTrack: '#4ADE9C',
  noDate: '#A9B8CE',
  done: '#74B8FF',
};
const TEXT = '#F2F6FC';
const QUIET = '#A9B8CE';
const PANEL = '#131D31';

export interface OptionLook {
  fontFamily: string;
  textPixels: number;
  stale: boolean;
  /** False where the reader asked for no motion. */
  animated: boolean;
}

/** The ECharts option of the picture: one grid for each column, all bars to one scale, numbers at their ends. */
export function agencyOption(matrix: Matrix, look: OptionLook): AgencyOption {
  const height = matrix.rowHeight * matrix.names.length;
  return {
    animation: look.animated,
    animationDuration: 300,
    animationDurationUpdate: 300,
    textStyle: { fontFamily: look.fontFamily, fontSize: look.textPixels, fontWeight: 500, color: TEXT },
    grid: matrix.columns.map(({ left, width }) => ({
      left,
      width,
      top: matrix.headHeight,
      height,
      outerBoundsMode: 'none' as const,
    })),
    xAxis: matrix.columns.map(({ width }, gridIndex) => ({
      type: 'value' as const,
      gridIndex,
      show: false,
      min: 0,
      max: matrix.taskLength > 0 ? width / matrix.taskLength : 1,
    })),
    yAxis: matrix.columns.map((_, gridIndex) => nameAxis(matrix, gridIndex, look)),
    series: matrix.columns.map((column, index) => bars(column, index, matrix, look)),
    graphic: matrix.columns.map((column) => heading(column, matrix, look)),
  };
}

function nameAxis(matrix: Matrix, gridIndex: number, look: OptionLook) {
  return {
    type: 'category' as const,
    gridIndex,
    data: matrix.names,
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      show: gridIndex === 0,
      interval: 0,
      align: 'left' as const,
      margin: matrix.nameWidth,
      width: matrix.nameWidth - look.textPixels * NAME_GAP_TO_TEXT,
      overflow: 'truncate' as const,
      ellipsis: '…',
      fontSize: look.textPixels,
      color: look.stale ? QUIET : TEXT,
    },
  };
}

function bars(column: MatrixColumn, index: number, matrix: Matrix, look: OptionLook): BarSeriesOption {
  const hatched = column.key === 'noDate';
  return {
    type: 'bar',
    id: column.key,
    name: column.heading,
    xAxisIndex: index,
    yAxisIndex: index,
    data: column.counts,
    barWidth: matrix.rowHeight * 0.6,
    silent: true,
    itemStyle: {
      color: look.stale ? QUIET : COLOURS[column.key],
      // "Not assessable is hatched grey": a task without a date is neither good nor bad.
      decal: hatched
        ? {
            symbol: 'rect',
            color: PANEL,
            dashArrayX: [1, 0],
            dashArrayY: [look.textPixels * 0.16, look.textPixels * 0.22],
            rotation: Math.PI / 4,
          }
        : { symbol: 'none' },
    },
    label: {
      show: true,
      position: 'right',
      distance: look.textPixels * 0.25,
      fontSize: look.textPixels,
      fontWeight: 600,
      color: look.stale ? QUIET : TEXT,
      formatter: ({ value }) => (typeof value === 'number' && value > 0 ? String(value) : ''),
    },
  };
}

function heading(column: MatrixColumn, matrix: Matrix, look: OptionLook) {
  const size = look.textPixels * 0.72;
  const top = (matrix.headHeight - size) / 2;
  return {
    type: 'group' as const,
    id: column.key,
    x: column.left,
    y: 0,
    silent: true,
    children: [
      markShape(column.key, size, top, look.stale ? QUIET : COLOURS[column.key]),
      {
        type: 'text' as const,
        x: look.textPixels * HEADING_MARK_TO_TEXT,
        y: matrix.headHeight / 2,
        style: {
          text: column.heading,
          font: `500 ${look.textPixels}px ${look.fontFamily}`,
          fill: QUIET,
          verticalAlign: 'middle' as const,
        },
      },
    ],
  };
}

/** The same shapes as the marks of the lists, drawn on the canvas. */
function markShape(key: ColumnKey, size: number, top: number, fill: string) {
  const points: Partial<Record<ColumnKey, readonly (readonly [number, number])[]>> = {
    overdue: [
      [0.5, 0.04],
      [1, 0.96],
      [0, 0.96],
    ],
    dueSoon: [
      [0.5, 0],
      [1, 0.5],
      [0.5, 1],
      [0, 0.5],
    ],
    done: [
      [0.08, 0.54],
      [0.23, 0.4],
      [0.4, 0.56],
      [0.77, 0.17],
      [0.92, 0.31],
      [0.4, 0.85],
    ],
  };
  const corners = points[key];
  if (corners !== undefined) {
    return {
      type: 'polygon' as const,
      shape: { points: corners.map(([x, y]) => [x * size, top + y * size]) },
      style: { fill },
    };
  }
  const centre = { cx: size / 2, cy: top + size / 2 };
  if (key === 'onTrack')
    return { type: 'circle' as const, shape: { ...centre, r: size / 2 }, style: { fill } };
  return { type: 'ring' as const, shape: { ...centre, r: size / 2, r0: size / 4 }, style: { fill } };
}
