// Shrinks a photo before it is sent: on a bad line a large one may never arrive. When the browser
// cannot, the photo goes as it is.

const LONGEST_PX = 1600;
const QUALITY = 0.85;

for (const form of document.querySelectorAll("form[data-photo]")) {
  form.addEventListener("submit", async (event) => {
    const input = form.elements.photo;
    const photo = input.files[0];
    if (photo === undefined) return;
    event.preventDefault();
    form.querySelector("button").disabled = true;
    const small = await shrunk(photo).catch(() => null);
    if (small !== null && small.size < photo.size) {
      const files = new DataTransfer();
      files.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
      input.files = files.files;
    }
    form.submit();
  });
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
