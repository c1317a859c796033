// Makes the drawing of what was found answer: a map numbered as the list, which says the same. What it
// needs comes once something is found; until then, or if it does not come, the drawing stays.
"use strict";

{
  let shown = null;
  const arrived = new Map();

  // A file of ours, once a page.
  function bring(name, address) {
    if (!arrived.has(address)) {
      arrived.set(address, new Promise((done, failed) => {
        const node = Object.assign(document.createElement(name), name === "link" ? { rel: "stylesheet", href: address } : { src: address });
        node.addEventListener("load", done);
        node.addEventListener("error", () => failed(new Error(address)));
        document.head.append(node);
      }));
    }
    return arrived.get(address);
  }

  const place = (text) => text.split(",").map(Number);

  // What a line says of where to book, said again at its sign.
  function popup(line) {
    const node = Land.element("div", "map-popup");
    const name = Land.element("p", "map-popup-name");
    name.append(line.querySelector("h3 a").cloneNode(true));
    node.append(name, line.querySelector(".slots").cloneNode(true));
    return node;
  }

  function sign(line) {
    const face = Land.element("span", "map-face");
    face.append(
      line.querySelector(".found-number").cloneNode(true),
      Land.element("span", "visually-hidden", line.querySelector("h3 a").textContent),
    );
    return L.marker(place(line.dataset.at), { icon: Land.icon(face, "found-marker"), riseOnHover: true }).bindPopup(() => popup(line), Land.POPUP);
  }

  function light(one, other) {
    for (const [event, isLit] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
      one.addEventListener(event, () => other.classList.toggle("is-lit", isLit));
    }
  }

  async function answer(frame) {
    const { styles, leaflet, land, contours, origin } = frame.dataset;
    const [communes] = await Promise.all([
      bring("script", land).then(() => Land.getJSON(contours)), bring("script", leaflet), bring("link", styles),
    ]);
    if (!frame.isConnected) return; // another search came meanwhile
    shown?.remove();
    frame.classList.add("is-live");
    const whole = new Land.Map(frame, document.getElementById("map-words").dataset);
    const { map } = whole;
    shown = map;
    const lines = [...document.querySelectorAll(".found > [data-at]")];
    const signs = L.featureGroup(lines.map(sign));
    const seen = signs.getBounds();
    if (origin) {
      seen.extend(place(origin));
      L.circleMarker(place(origin), { className: "found-origin", radius: 8, interactive: false }).addTo(map);
    }
    map.fitBounds(seen, { padding: [44, 44], maxZoom: Land.NEAR, animate: false });
    await whole.draw(communes);
    if (shown !== map) return;
    signs.addTo(map);
    for (const [rank, marker] of signs.getLayers().entries()) {
      light(lines[rank], marker.getElement());
      light(marker.getElement(), lines[rank]);
    }
  }

  function start() {
    const frame = document.querySelector("[data-found-map]:not(.is-live)");
    if (!frame) return;
    answer(frame).catch((error) => {
      console.warn(error);
      frame.classList.remove("is-live");
    });
  }

  start();
  document.body.addEventListener("htmx:afterSettle", start);
}
