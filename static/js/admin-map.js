// Maps of the back-office: the territory's communes as the ground, something to show on it, or a
// point to place. The two boxes of coordinates stay the truth; the map only fills them.
"use strict";

{
  const GROUND = "/carte/communes.geojson";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function begin(element) {
    const map = L.map(element, { attributionControl: true, zoomSnap: 0.5, maxZoom: 18, minZoom: 4 });
    map.attributionControl.setPrefix(false);
    map.setView([46.6, 2.4], 5);
    const tiles = JSON.parse(element.dataset.tiles || "{}");
    if (tiles.url) L.tileLayer(tiles.url, { attribution: tiles.attribution }).addTo(map);
    return map;
  }

  async function drawGround(map, fit) {
    const answer = await fetch(GROUND).catch(() => null);
    if (!answer || !answer.ok) return;
    const communes = L.geoJSON(await answer.json(), {
      interactive: false,
      style: { color: colour("--line-strong"), weight: 0.6, fillColor: colour("--land-2"), fillOpacity: 0.55 },
    }).addTo(map);
    communes.bringToBack();
    if (fit && communes.getBounds().isValid()) map.fitBounds(communes.getBounds());
  }

  function pin(place) {
    return L.circleMarker(place, {
      radius: 9, weight: 3, color: colour("--surface"), fillColor: colour("--accent"), fillOpacity: 1,
    });
  }

  // As large as it counts: the eye compares areas.
  function circle(place, { count, words }) {
    const label = document.createElement("span");
    label.textContent = words;
    return L.circleMarker(place, {
      radius: 5 + 3 * Math.sqrt(count), weight: 2, color: colour("--surface"), fillColor: colour("--accent"), fillOpacity: 0.75,
    }).bindTooltip(label);
  }

  function show(element) {
    const map = begin(element);
    const shapes = L.geoJSON(JSON.parse(element.dataset.shapes), {
      interactive: false,
      pointToLayer: ({ properties }, place) => properties?.count ? circle(place, properties) : pin(place),
      style: ({ type }) => type === "Point" || type === "Feature" ? {} : {
        color: colour("--brand"), weight: 2.5, fillColor: colour("--brand"), fillOpacity: 0.25,
      },
    }).addTo(map);
    if (shapes.getBounds().isValid()) map.fitBounds(shapes.getBounds().pad(shapes.getLayers().length > 1 ? 0.15 : 1.2), { maxZoom: 12 });
    drawGround(map, false).then(() => shapes.bringToFront());
  }

  function pick(element) {
    const [latitude, longitude] = [0, 1].map((part) => document.getElementById(`${element.dataset.pick}_${part}`));
    const map = begin(element);
    let marker = null;

    function typed() {
      const place = [latitude, longitude].map((box) => (box.value === "" ? NaN : Number(box.value)));
      return place.every(Number.isFinite) ? place : null;
    }

    function place(point, { move = false } = {}) {
      marker?.remove();
      marker = point && pin(point).addTo(map);
      if (point && move) map.setView(point, Math.max(map.getZoom(), 12));
    }

    map.on("click", ({ latlng }) => {
      latitude.value = latlng.lat.toFixed(6);
      longitude.value = latlng.wrap().lng.toFixed(6);
      latitude.dispatchEvent(new Event("input", { bubbles: true }));
      place(typed());
    });
    for (const box of [latitude, longitude]) {
      box.addEventListener("change", () => place(typed(), { move: true }));
    }
    const known = typed();
    if (known) place(known, { move: true });
    drawGround(map, !known).then(() => marker?.bringToFront());
  }

  function start() {
    for (const element of document.querySelectorAll(".admin-map")) {
      (element.dataset.pick ? pick : show)(element);
    }
  }

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
}
