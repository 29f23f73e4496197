// Shrinks photos before they are sent: on a bad line a large one may never arrive. When the browser
// cannot, a photo goes as it is.

const LONGEST_PX = 1600;
const QUALITY = 0.85;

// On the window, behind outbox.js: what that has taken is not sent from here.
addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-photo]")) return;
  event.preventDefault();
  form.querySelector("button:not([type=button])").disabled = true;
  await shrinkPhotos(form);
  form.submit();
});

export async function shrinkPhotos(form) {
  for (const input of form.querySelectorAll('input[type=file][accept="image/*"]')) {
    const photo = input.files[0];
    const small = photo && (await shrunk(photo).catch(() => null));
    if (!small || small.size >= photo.size) continue;
    const files = new DataTransfer();
    files.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
    input.files = files.files;
  }
}

async function shrunk(photo) {
  const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
}
