// The owner signs with a finger: what was drawn becomes a PNG in the form's own file field. Who
// cannot draw chooses why there is no signature, as without a script.

const form = document.querySelector("form[data-signature]");
if (form !== null) pad(form);

function pad(form) {
  const [canvas, field, why] = [form.querySelector("canvas"), form.elements.signature, form.elements.unsigned];
  const clear = form.querySelector("[data-clear]");
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#14202b" });
  let drawing = false;

  const at = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [(event.clientX - left) * (canvas.width / width), (event.clientY - top) * (canvas.height / height)];
  };

  const keep = () => canvas.toBlob((png) => {
    const files = new DataTransfer();
    files.items.add(new File([png], "signature.png", { type: "image/png" }));
    field.files = files.files;
  }, "image/png");

  const empty = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
    why.closest("label").hidden = false;
    why.disabled = false;
    clear.hidden = true;
  };

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    why.closest("label").hidden = true;
    why.disabled = true;
    clear.hidden = false;
    keep();
  });
  clear.addEventListener("click", empty);
  form.querySelector("[data-pad]").hidden = false;
}
