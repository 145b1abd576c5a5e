import type { Commune, ReferenceData } from '#libs/reference';
import { type Graph, type Value, vi, wkt } from '../rdf/graph.js';

/** West, south, east, north; degrees WGS84. */
export type Bounds = readonly [number, number, number, number];

/**
 * The province as a place. Its bounds are those that an administrator set; else whole degrees around the points of the
 * reference list, one in each of the 65 commune units, Trường Sa special zone among them.
 */
export function describeProvince(
  graph: Graph,
  { province, communes }: ReferenceData,
  base: string,
  stated: Bounds | undefined,
): Value {
  const [west, south, east, north] = stated ?? boundsOf(communes);
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const [lon, lat] = centreOf(communes);
  const note =
    'Khung bao tính theo điểm đại diện của các đơn vị hành chính cấp xã, làm tròn ra ngoài đến độ.';
  return graph.describe(`${base}#province`, ['dct:Location'], {
    'rdfs:label': vi(`Tỉnh ${province.name}`),
    'rdfs:comment': stated ? null : vi(note),
    'dcat:bbox': wkt(`POLYGON((${corners.map((corner) => corner.join(' ')).join(', ')}))`),
    'dcat:centroid': wkt(`POINT(${lon.toFixed(4)} ${lat.toFixed(4)})`),
  });
}

function boundsOf(communes: readonly Commune[]): Bounds {
  const [lons, lats] = [communes.map(({ lon }) => lon), communes.map(({ lat }) => lat)];
  return [
    Math.floor(Math.min(...lons)),
    Math.floor(Math.min(...lats)),
    Math.ceil(Math.max(...lons)),
    Math.ceil(Math.max(...lats)),
  ];
}

/** Centre of the area: each unit's point counts by its size. */
function centreOf(communes: readonly Commune[]): [number, number] {
  const area = communes.reduce((sum, { areaKm2 }) => sum + areaKm2, 0);
  const mean = (of: (commune: Commune) => number) =>
    communes.reduce((sum, commune) => sum + of(commune) * commune.areaKm2, 0) / area;
  return [mean(({ lon }) => lon), mean(({ lat }) => lat)];
}
