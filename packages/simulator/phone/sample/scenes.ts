/** The three sample scenes, 960 by 720: flat shapes and gradients, numbers chosen by eye. */
type Canvas = CanvasRenderingContext2D;

export function drawPothole(canvas: Canvas): void {
  drawStreet(canvas);
  const edge = blob(500, 548, 190, 72, 3);
  fill(canvas, blob(500, 552, 212, 86, 5), '#5a5752');
  fill(canvas, edge, '#2e2b28');
  canvas.save();
  canvas.clip(edge);
  const water = canvas.createLinearGradient(0, 520, 0, 620);
  water.addColorStop(0, '#5b6c78');
  water.addColorStop(1, '#a9bcc6');
  canvas.fillStyle = water;
  canvas.fill(blob(505, 575, 160, 44, 9));
  canvas.fillStyle = 'rgba(255,255,255,.28)';
  canvas.fill(blob(470, 566, 60, 7, 1));
  canvas.restore();
  for (const [x, y, size] of [
    [300, 590, 15],
    [330, 620, 9],
    [700, 600, 13],
    [735, 566, 8],
    [640, 640, 10],
    [270, 545, 8],
  ] as const) {
    fill(canvas, blob(x, y, size, size * 0.7, x), '#6f6b65');
  }
}

export function drawGarbage(canvas: Canvas): void {
  drawStreet(canvas);
  canvas.fillStyle = '#1f6f54';
  canvas.fillRect(600, 330, 210, 220);
  canvas.fillStyle = '#2a8a69';
  canvas.fillRect(588, 312, 234, 30);
  canvas.fillStyle = '#184f3d';
  for (let x = 625; x < 800; x += 40) canvas.fillRect(x, 352, 10, 180);
  circle(canvas, 640, 560, 20, '#222');
  circle(canvas, 770, 560, 20, '#222');
  const bags: [number, number, number, string][] = [
    [300, 540, 92, '#22262b'],
    [440, 560, 78, '#2d3a66'],
    [380, 480, 70, '#33383e'],
    [545, 590, 60, '#22262b'],
    [220, 590, 58, '#7a2f2f'],
    [500, 500, 50, '#c9b458'],
  ];
  for (const [x, y, size, colour] of bags) drawBag(canvas, { x, y, size, colour });
  const litter: [number, number, string][] = [
    [160, 650, '#e8e4d8'],
    [330, 660, '#d96b3a'],
    [470, 668, '#7fb0d6'],
    [610, 660, '#e8e4d8'],
    [700, 640, '#c7d36f'],
  ];
  for (const [x, y, colour] of litter) {
    canvas.save();
    canvas.translate(x, y);
    canvas.rotate(x);
    canvas.fillStyle = colour;
    canvas.fillRect(-22, -10, 44, 20);
    canvas.restore();
  }
}

export function drawStreetlight(canvas: Canvas): void {
  const night = canvas.createLinearGradient(0, 0, 0, 720);
  night.addColorStop(0, '#0b1326');
  night.addColorStop(0.7, '#26304d');
  night.addColorStop(1, '#161a24');
  canvas.fillStyle = night;
  canvas.fillRect(0, 0, 960, 720);
  drawHouses(canvas, ['#151b2d', '#101624', '#1a2136', '#131929', '#182036'], '#e9b75a');
  canvas.fillStyle = '#14161c';
  canvas.fillRect(0, 520, 960, 200);
  canvas.fillStyle = '#3b3f4a';
  canvas.fillRect(478, 150, 14, 400);
  canvas.fillRect(478, 150, 130, 10);
  canvas.fillStyle = '#5b6070';
  canvas.fillRect(590, 152, 76, 18);
  canvas.strokeStyle = '#0a0a0d';
  canvas.lineWidth = 3;
  canvas.beginPath();
  canvas.moveTo(600, 170);
  canvas.lineTo(628, 186);
  canvas.lineTo(616, 170);
  canvas.stroke();
  const glow = canvas.createRadialGradient(130, 250, 5, 130, 250, 190);
  glow.addColorStop(0, 'rgba(255,214,130,.9)');
  glow.addColorStop(1, 'rgba(255,214,130,0)');
  canvas.fillStyle = glow;
  canvas.fillRect(0, 40, 340, 480);
  canvas.fillStyle = '#3b3f4a';
  canvas.fillRect(60, 240, 9, 290);
  canvas.fillRect(60, 240, 70, 7);
}

function drawStreet(canvas: Canvas): void {
  const sky = canvas.createLinearGradient(0, 0, 0, 320);
  sky.addColorStop(0, '#9fb8c9');
  sky.addColorStop(1, '#dfe3df');
  canvas.fillStyle = sky;
  canvas.fillRect(0, 0, 960, 330);
  drawHouses(canvas, ['#c8a98a', '#a9b3a4', '#d0b9a0', '#b58f7b', '#bdb6ac'], '#56636b');
  canvas.fillStyle = '#9d978c';
  canvas.fillRect(0, 320, 960, 60);
  const road = canvas.createLinearGradient(0, 370, 0, 720);
  road.addColorStop(0, '#6b6a68');
  road.addColorStop(1, '#84827d');
  canvas.fillStyle = road;
  canvas.fillRect(0, 372, 960, 348);
  canvas.fillStyle = '#d9d6c8';
  for (let x = -40; x < 960; x += 210) canvas.fillRect(x, 430, 120, 9);
  for (let index = 0; index < 10; index += 1) {
    canvas.fillStyle = index % 2 === 0 ? '#e5c33d' : '#3a3a38';
    canvas.fillRect(index * 96, 366, 96, 12);
  }
}

function drawHouses(canvas: Canvas, walls: string[], windows: string): void {
  walls.forEach((wall, index) => {
    const x = index * 200 - 20;
    const top = 90 + ((index * 67) % 110);
    canvas.fillStyle = wall;
    canvas.fillRect(x, top, 192, 330 - top + 200);
    canvas.fillStyle = windows;
    for (let row = top + 30; row < 290; row += 62) {
      for (let column = 0; column < 3; column += 1) {
        if ((index + column + row) % 4 !== 0) canvas.fillRect(x + 24 + column * 54, row, 32, 38);
      }
    }
  });
}

function drawBag(canvas: Canvas, { x, y, size, colour }: { x: number; y: number; size: number; colour: string }): void {
  fill(canvas, blob(x, y, size, size * 0.82, size), colour);
  canvas.fillStyle = colour;
  canvas.beginPath();
  canvas.moveTo(x - size * 0.25, y - size * 0.7);
  canvas.lineTo(x - size * 0.35, y - size * 1.12);
  canvas.lineTo(x + size * 0.3, y - size * 1.08);
  canvas.lineTo(x + size * 0.22, y - size * 0.7);
  canvas.fill();
  fill(canvas, blob(x - size * 0.3, y - size * 0.25, size * 0.22, size * 0.36, 2), 'rgba(255,255,255,.13)');
}

/** An irregular ellipse; the seed decides its dents. */
function blob(x: number, y: number, radiusX: number, radiusY: number, seed: number): Path2D {
  const path = new Path2D();
  for (let step = 0; step <= 48; step += 1) {
    const angle = (step / 48) * Math.PI * 2;
    const dent = 1 + 0.07 * Math.sin(angle * 5 + seed) + 0.05 * Math.sin(angle * 9 + seed * 2);
    path.lineTo(x + Math.cos(angle) * radiusX * dent, y + Math.sin(angle) * radiusY * dent);
  }
  path.closePath();
  return path;
}

function fill(canvas: Canvas, path: Path2D, colour: string): void {
  canvas.fillStyle = colour;
  canvas.fill(path);
}

function circle(canvas: Canvas, x: number, y: number, radius: number, colour: string): void {
  canvas.fillStyle = colour;
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, Math.PI * 2);
  canvas.fill();
}
