// The land as a map that answers: its communes and their names, the way home, signs that part so that
// each can be touched, popups that the keyboard goes through. What stands on it is for others to say.
"use strict";

{
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const SETTLED = still ? 0 : 240;
  // Neither under the buttons nor under the source's name.
  const POPUP = { minWidth: 200, maxWidth: 260, autoPanPaddingTopLeft: [8, 8], autoPanPaddingBottomRight: [64, 40] };
  const AT_ONCE = 60; // communes drawn before the page may answer
  const TOWNS = 10; // they are named wherever there is room around them, not only below
  const HOME = { paddingTopLeft: [8, 8], paddingBottomRight: [8, 24] };
  const NEAR = 11.5;
  const MID = 9.25; // signs are smaller before it, and stand exactly on their point after NEAR + 1

  function element(name, className, text = "") {
    const node = document.createElement(name);
    node.className = className;
    node.textContent = text;
    return node;
  }

  function stamp(id) {
    return document.getElementById(id).content.cloneNode(true).firstElementChild;
  }

  // The size and the place of a sign around its point are the stylesheet's.
  function icon(node, classes) {
    return L.divIcon({ className: `map-marker ${classes}`, html: node, iconSize: null, popupAnchor: [0, -26] });
  }

  // Along the shorter way, by half each; whether anything had to move.
  function pushApart(one, other) {
    const x = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const y = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (x <= 0.2 || y <= 0.2 || (one.isFixed && other.isFixed)) return false;
    const [axis, low, high, size] = x < y ? ["dx", "left", "right", x] : ["dy", "top", "bottom", y];
    const way = one[low] + one[high] <= other[low] + other[high] ? -1 : 1;
    const share = one.isFixed || other.isFixed ? size : size / 2;
    for (const [box, step] of [[one, way * share], [other, -way * share]]) {
      if (box.isFixed) continue;
      box[axis] += step;
      box[low] += step;
      box[high] += step;
    }
    return true;
  }

  async function getJSON(url, signal) {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
  }

  // Lets the page answer between two long pieces of work.
  const breathe = () => new Promise((go) => setTimeout(go));

  class LandMap {
    // canvas: data-bounds, data-limits (of the shades), data-tiles; words: map, zoomIn, zoomOut, close.
    // Empty until `draw`.
    constructor(canvas, words) {
      Object.assign(this, { canvas, words });
      const [west, south, east, north] = canvas.dataset.bounds.split(",").map(Number);
      this.bounds = L.latLngBounds([south, west], [north, east]);
      this.limits = (canvas.dataset.limits || "").split(",").filter(Boolean).map(Number);
      this.map = this.makeMap();
      this.showAll({ animate: false });
      this.names = L.layerGroup().addTo(this.map);
      this.map.on("moveend", () => this.arrangeSoon());
      this.followPopups();
      new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(this.live);
    }

    makeMap() {
      const { tiles, tilesCredit } = this.canvas.dataset;
      this.live = element("div", "map-live");
      this.canvas.append(this.live);
      const map = L.map(this.live, {
        zoomControl: false, attributionControl: false, zoomSnap: 0, wheelPxPerZoomLevel: 90,
        maxBounds: this.bounds.pad(0.7), maxZoom: tiles ? 18 : 14,
        zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
      });
      this.live.setAttribute("role", "region");
      this.live.setAttribute("aria-label", this.words.map);
      map.createPane("names").setAttribute("aria-hidden", "true");
      L.control.zoom({ position: "topright", zoomInTitle: this.words.zoomIn, zoomOutTitle: this.words.zoomOut }).addTo(map);
      this.addHomeButton(map);
      const source = this.canvas.querySelector(".map-source")?.textContent.trim();
      if (source || tiles) L.control.attribution({ prefix: false, position: "bottomleft" }).addTo(map).addAttribution(source);
      if (tiles) L.tileLayer(tiles, { attribution: tilesCredit }).addTo(map);
      this.canvas.classList.toggle("has-tiles", Boolean(tiles));
      return map;
    }

    addHomeButton(map) {
      const control = L.control({ position: "topright" });
      control.onAdd = () => {
        const bar = stamp("map-home");
        bar.firstElementChild.addEventListener("click", () => this.goHome());
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      };
      control.addTo(map);
    }

    async draw({ features }) {
      this.communes = new Map();
      this.byPopulation = features
        .filter(({ properties }) => properties.centre)
        .map(({ properties: { name, population, centre } }) => ({ name, population, at: L.GeoJSON.coordsToLatLng(centre.coordinates) }))
        .sort((one, other) => other.population - one.population);
      const renderer = L.svg({ padding: 0.4 });
      for (let from = 0; from < features.length && this.live.isConnected; from += AT_ONCE) {
        this.drawCommunes(features.slice(from, from + AT_ONCE), renderer);
        await breathe();
      }
    }

    drawCommunes(features, renderer) {
      const shade = (density) => (density === null ? 0 : 1 + this.limits.filter((limit) => density >= limit).length);
      const shapes = L.geoJSON(features, {
        renderer,
        smoothFactor: 0, // each outline thinned apart would open gaps between neighbours
        style: ({ properties }) => ({ className: `commune d${shade(properties.density)}` }),
        onEachFeature: (feature, shape) => this.communes.set(feature.id, shape),
      });
      shapes.bindTooltip((shape) => shape.feature.properties.name, { sticky: true, className: "map-tooltip", opacity: 1 });
      shapes.addTo(this.map);
      // Their tooltip listens to the focus, which makes a Tab stop of each of 300 outlines.
      shapes.eachLayer((shape) => shape.getElement().setAttribute("tabindex", "-1"));
    }

    showAll({ animate }) {
      this.map.fitBounds(this.bounds, { ...HOME, animate });
    }

    goHome() {
      this.map.closePopup();
      this.showAll({ animate: !still });
    }

    // Signs that would hide one another move apart by a few pixels, so that each can be touched.
    partSigns() {
      const zoom = this.map.getZoom();
      this.live.dataset.scale = zoom < MID ? "far" : zoom < NEAR + 1 ? "mid" : "near";
      const nodes = [...this.live.querySelectorAll(".map-marker")];
      for (const node of nodes) node.style.translate = "";
      const boxes = nodes.map((node) => this.box(node, 3));
      const walls = this.corners().map((node) => ({ ...this.box(node, 2), isFixed: true }));
      const all = [...boxes, ...walls];
      for (let turn = 0, moved = true; moved && turn < 120; turn += 1) {
        moved = false;
        for (const [rank, one] of all.entries()) {
          for (const other of all.slice(rank + 1)) moved = pushApart(one, other) || moved;
        }
      }
      for (const [rank, { dx, dy }] of boxes.entries()) {
        if (dx || dy) nodes[rank].style.translate = `${dx.toFixed(1)}px ${dy.toFixed(1)}px`;
      }
    }

    corners() {
      return [...this.live.querySelectorAll(".leaflet-control-container > :not(:empty)")];
    }

    box(node, around) {
      const frame = this.live.getBoundingClientRect();
      const { left, right, top, bottom } = node.getBoundingClientRect();
      return {
        left: left - frame.left - around, right: right - frame.left + around,
        top: top - frame.top - around, bottom: bottom - frame.top + around, dx: 0, dy: 0,
      };
    }

    // The most peopled communes are named first, where neither a name nor a sign stands already.
    drawNames() {
      const zoom = this.map.getZoom();
      this.names.clearLayers();
      const taken = [...this.live.querySelectorAll(".map-marker"), ...this.corners()].map((node) => this.box(node, 3));
      const { x: width } = this.map.getSize();
      const [aside, above] = zoom < NEAR ? [28, 20] : [8, 6];
      const view = this.map.getBounds().pad(0.05);
      let towns = TOWNS;
      for (const { name, at } of this.byPopulation) {
        if (!view.contains(at)) continue;
        const { x, y } = this.map.latLngToContainerPoint(at);
        const half = name.length * 3.4;
        const room = (dx, dy) => ({ left: x + dx - half, right: x + dx + half, top: y + dy, bottom: y + dy + 15, isName: true, dx, dy });
        const meets = (one, other, dx, dy) => one.left - dx < other.right && one.right + dx > other.left && one.top - dy < other.bottom && one.bottom + dy > other.top;
        const isFree = (one) => one.left > 2 && one.right < width - 2 && !taken.some((other) => (other.isName ? meets(one, other, aside, above) : meets(one, other, 0, 0)));
        const beside = half + 16;
        const rooms = towns-- > 0 ? [room(0, 4), room(0, -20), room(beside, -8), room(-beside, -8), room(0, -42)] : [room(0, 4)];
        const found = rooms.find(isFree);
        if (!found) continue;
        taken.push(found);
        const text = element("span", "", name);
        text.style.translate = `calc(${found.dx}px - 50%) ${found.dy}px`;
        const label = L.divIcon({ className: "map-name", html: text, iconSize: [0, 0] });
        L.marker(at, { icon: label, interactive: false, keyboard: false, pane: "names" }).addTo(this.names);
      }
    }

    arrange() {
      this.partSigns();
      this.drawNames();
    }

    // Once the clusters have opened or closed.
    arrangeSoon() {
      clearTimeout(this.naming);
      this.naming = setTimeout(() => this.arrange(), SETTLED);
    }

    // Whoever opened a popup with the keyboard goes on inside it, and comes back when it closes.
    followPopups() {
      const { map, live, words } = this;
      let opener = null;
      map.on("popupopen", ({ popup }) => {
        popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
        opener = document.activeElement?.closest(".map-marker");
        if (opener?.matches(":focus-visible")) popup.getElement().querySelector("a").focus({ preventScroll: true });
      });
      live.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
      map.on("popupclose", ({ popup }) => {
        if (popup.getElement()?.contains(document.activeElement)) (opener?.isConnected ? opener : live).focus({ preventScroll: true });
      });
    }
  }

  window.Land = { Map: LandMap, still, NEAR, POPUP, element, stamp, icon, getJSON };
}
