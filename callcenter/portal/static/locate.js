// Sends the browser's position after a press on the button. Without https, or inside an app that
// does not allow it, the other ways of the page remain.

const form = document.getElementById("fix");
const button = document.getElementById("locate");
const failed = document.getElementById("locate-failed");
const locating = document.getElementById("locating");

function give(up) {
  button.hidden = up;
  failed.hidden = !up;
  locating.hidden = true;
}

if (!window.isSecureContext || !("geolocation" in navigator)) give(true);
else {
  give(false);
  button.addEventListener("click", () => {
    locating.hidden = false;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        form.elements.lat.value = coords.latitude;
        form.elements.lon.value = coords.longitude;
        form.elements.accuracy_m.value = coords.accuracy;
        form.elements.fixed_ms.value = timestamp;
        form.submit();
      },
      () => { button.disabled = false; give(true); },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  });
}
