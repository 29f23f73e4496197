// The station shares where its truck is, by a press, while it is under way.

const form = document.querySelector("form[data-position]");
if (form !== null && window.isSecureContext && "geolocation" in navigator) {
  const button = form.querySelector("button");
  const failed = form.querySelector("p");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        form.elements.lat.value = coords.latitude;
        form.elements.lon.value = coords.longitude;
        form.elements.accuracy_m.value = coords.accuracy;
        form.elements.fixed_at.value = new Date(timestamp).toISOString();
        form.submit();
      },
      () => { failed.hidden = false; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
}
