import { useEffect, useState } from 'react';
import { loadWards, type Point, project, ringsToPath, type Ward } from './wards.ts';

/** The wards, once their file is here. */
export function useWards(): Ward[] {
  const [wards, setWards] = useState<Ward[]>([]);
  useEffect(() => {
    let shown = true;
    loadWards().then(
      (loaded) => shown && setWards(loaded),
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, []);
  return wards;
}

interface WardShapesProps {
  wards: Ward[];
  /** The ward to emphasise. */
  current: Ward | undefined;
  /** Units of the plane per CSS pixel: keeps names and lines the same size at each zoom. */
  unit: number;
}

/** The wards' areas and names as SVG, to be placed in a viewBox on the plane of `project`. */
export function WardShapes({ wards, current, unit }: WardShapesProps) {
  return (
    <g>
      {wards.map((ward) => (
        <path
          key={ward.name}
          className={ward === current ? 'ward ward-current' : 'ward'}
          d={ringsToPath(ward.polygons)}
          strokeWidth={unit * 1.3}
        />
      ))}
      {wards.map((ward) => (
        <text key={ward.name} className="ward-name" x={ward.label[0]} y={ward.label[1]} fontSize={unit * 11} textAnchor="middle">
          {ward.name}
        </text>
      ))}
    </g>
  );
}

/** The pin, its tip at a point. */
export function MapPin({ point, unit }: { point: Point; unit: number }) {
  const [x, y] = project(point);
  return (
    <g className="map-pin" transform={`translate(${x} ${y}) scale(${unit})`}>
      <ellipse cx={0} cy={0} rx={7} ry={3} />
      <path d="M0 0C-9-11-13-17-13-24a13 13 0 0 1 26 0C13-17 9-11 0 0Z" />
      <circle cx={0} cy={-24} r={5} />
    </g>
  );
}
