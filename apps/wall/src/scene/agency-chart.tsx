import { BarChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { AgencyTaskCounts, TasksSection } from '#libs/contracts';
import { layOutMatrix } from './agency-matrix.js';
import { agencyOption } from './agency-option.js';
import { Panel, useStale } from './panel.js';

/** Of names, and of numbers. */
const WEIGHTS = [500, 600];

use([BarChart, GridComponent, GraphicComponent, CanvasRenderer]);

/** The main picture: open and finished tasks of each lead agency. */
export function AgencyChart({ tasks }: { tasks: TasksSection }) {
  return (
    <Panel
      service="tasks"
      title="Nhiệm vụ theo cơ quan chủ trì"
      sourceTime={tasks.sourceTime}
      className="agency-chart"
    >
      <Chart agencies={tasks.byAgency} />
    </Panel>
  );
}

function Chart({ agencies }: { agencies: readonly AgencyTaskCounts[] }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const stale = useStale('tasks');

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let wanted = true;
    const observer = new ResizeObserver(() => {
      chart.current ??= init(element);
      draw(chart.current, element, agencies, stale);
    });
    void lettersOf(element).then(() => {
      if (wanted) observer.observe(element);
    });
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [agencies, stale]);

  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );

  return <div className="chart" ref={box} role="img" aria-label={agencies.map(spoken).join('; ')} />;
}

/**
 * Resolves when the letters of the picture are there, or can't be had. ECharts remembers the width of each text it has
 * measured: of names measured in another font it would go on cutting off the ends.
 */
async function lettersOf(element: HTMLElement): Promise<void> {
  const { fontSize, fontFamily } = getComputedStyle(element);
  // The Vietnamese letters are a file of their own.
  const loading = WEIGHTS.map((weight) => document.fonts.load(`${weight} ${fontSize} ${fontFamily}`, 'Hạn'));
  await Promise.allSettled(loading);
}

function draw(
  chart: ECharts,
  element: HTMLElement,
  agencies: readonly AgencyTaskCounts[],
  stale: boolean,
): void {
  const { clientWidth: width, clientHeight: height } = element;
  if (width === 0 || height === 0) return;
  const style = getComputedStyle(element);
  const textPixels = Number.parseFloat(style.fontSize);
  const measure = measureIn(`600 ${textPixels}px ${style.fontFamily}`);
  const matrix = layOutMatrix(agencies, { width, height, textPixels, measure });
  const animated = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  chart.resize();
  chart.setOption(agencyOption(matrix, { fontFamily: style.fontFamily, textPixels, stale, animated }), {
    replaceMerge: ['grid', 'xAxis', 'yAxis', 'series', 'graphic'],
  });
}

function measureIn(font: string): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length;
  context.font = font;
  return (text) => context.measureText(text).width;
}

/** A row of the picture in words, for those who do not see it. */
function spoken({ agency, byTimeliness }: AgencyTaskCounts): string {
  const { overdue, dueSoon, onTrack } = byTimeliness;
  return `${agency.name}: ${overdue} quá hạn, ${dueSoon} sắp đến hạn, ${onTrack} đúng tiến độ`;
}
