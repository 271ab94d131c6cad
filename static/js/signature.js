// Draws a signature as strokes in a 600 x 200 box. Without this script the typed name alone is the signature.
(() => {
  const pad = document.querySelector("[data-signature]");
  if (!pad) return;
  const canvas = pad.querySelector("canvas");
  const field = document.querySelector("[name=drawing]");
  const pen = canvas.getContext("2d");
  const near = 2; // steps shorter than this many units add nothing but size
  let strokes = [], stroke = null;
  pad.hidden = false;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) * 600 / box.width, y = (event.clientY - box.top) * 200 / box.height;
    return [Math.max(0, Math.min(600, Math.round(x))), Math.max(0, Math.min(200, Math.round(y)))];
  };
  const draw = () => {
    pen.clearRect(0, 0, 600, 200);
    pen.lineWidth = 3; pen.lineCap = "round"; pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const line of strokes) {
      pen.beginPath();
      line.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      if (line.length === 1) pen.lineTo(line[0][0] + 1, line[0][1]);
      pen.stroke();
    }
    field.value = strokes.length ? JSON.stringify(strokes) : "";
  };
  const end = () => { stroke = null; draw(); };

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [at(event)];
    strokes.push(stroke);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke || !event.isPrimary) return;
    const [x, y] = at(event), [lastX, lastY] = stroke[stroke.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < near) return;
    stroke.push([x, y]);
    draw();
  });
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  pad.querySelector("[data-undo]").addEventListener("click", () => { strokes.pop(); draw(); });
  pad.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; draw(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  try { strokes = JSON.parse(field.value || "[]"); draw(); } catch { strokes = []; }
})();
