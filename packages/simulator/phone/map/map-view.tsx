/**
 * A map that is moved under a fixed pin: drag, wheel, pinch, arrow keys, plus and minus. It is drawn from the ward
 * boundaries alone; there is no tile server to ask.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { usePhone } from '../state/phone-context.ts';
import { dragTo, type Gesture, release } from './gestures.ts';
import { MapPin, WardShapes } from './ward-map.tsx';
import { type Point, project, unproject, type Ward, wardAt } from './wards.ts';

const closest = 0.04;
const widest = 1.05;
// Further out the names of the waters would lie on land.
const namesUpTo = 0.7;
const keySteps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface MapViewProps {
  wards: Ward[];
  centre: Point;
  onMove: (centre: Point) => void;
  children?: ReactNode;
}

export function MapView({ wards, centre, onMove, children }: MapViewProps) {
  const { texts } = usePhone();
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 360, height: 320 });
  const [unit, setUnit] = useState(0.45);
  const gesture = useRef<Gesture>({ pointers: new Map() });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const [x, y] = project(centre);
  const moveBy = (dx: number, dy: number) => onMove(unproject(x + dx, y + dy));
  const zoomBy = (factor: number) => setUnit((old) => Math.min(widest, Math.max(closest, old * factor)));
  useWheel(frame, zoomBy);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step) moveBy(step[0] * 24 * unit, step[1] * 24 * unit);
    else if (event.key === '+' || event.key === '=') zoomBy(0.75);
    else if (event.key === '-') zoomBy(1 / 0.75);
    else return;
    event.preventDefault();
  };
  const box = [x - (size.width * unit) / 2, y - (size.height * unit) / 2, size.width * unit, size.height * unit].join(' ');
  return (
    <div className="map-frame" ref={frame}>
      <div
        className="map-surface"
        role="application"
        aria-label={texts.map.map}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the map is moved with the arrow keys.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          gesture.current.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        }}
        onPointerMove={(event) => {
          const change = dragTo(gesture.current, event.pointerId, { x: event.clientX, y: event.clientY });
          if (change.type === 'move') moveBy(-change.x * unit, -change.y * unit);
          if (change.type === 'zoom') zoomBy(change.factor);
        }}
        onPointerUp={(event) => release(gesture.current, event.pointerId)}
        onPointerCancel={(event) => release(gesture.current, event.pointerId)}
      >
        <svg viewBox={box} aria-hidden="true">
          <WardShapes wards={wards} current={wardAt(wards, centre)} unit={unit} />
          <SeaNames unit={unit} sea={texts.map.sea} creek={texts.map.creek} />
          <MapPin point={centre} unit={unit} />
        </svg>
      </div>
      <div className="map-zoom">
        <button type="button" aria-label={texts.map.zoomIn} onClick={() => zoomBy(0.7)}>
          <Icon name="plus" size={20} />
        </button>
        <button type="button" aria-label={texts.map.zoomOut} onClick={() => zoomBy(1 / 0.7)}>
          <Icon name="minus" size={20} />
        </button>
      </div>
      {children}
      <p className="map-credit">{texts.map.attribution}</p>
    </div>
  );
}

function SeaNames({ unit, sea, creek }: { unit: number; sea: string; creek: string }) {
  if (unit > namesUpTo) return null;
  const [seaX, seaY] = project({ latitude: 19.03, longitude: 72.785 });
  const [creekX, creekY] = project({ latitude: 19.0, longitude: 72.965 });
  return (
    <g className="sea-name" fontSize={unit * 12} textAnchor="middle">
      <text x={seaX} y={seaY}>
        {sea}
      </text>
      <text x={creekX} y={creekY}>
        {creek}
      </text>
    </g>
  );
}

/** React's wheel handlers are passive; zooming must keep the page from scrolling. */
function useWheel(frame: { current: HTMLDivElement | null }, zoomBy: (factor: number) => void) {
  const zoom = useRef(zoomBy);
  zoom.current = zoomBy;
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoom.current(event.deltaY > 0 ? 1.12 : 1 / 1.12);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame]);
}
