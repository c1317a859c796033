// The map that answers. The page already holds a drawing and the whole list: without this script,
// or when its data does not come, they stay. Every word and every address comes from the page.
"use strict";

{
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const LAYERS = ["villages", "telecentres", "solos", "communes"];
  const NO_LAYER = "aucun"; // an empty `calques=` would read as "all of them"
  const SETTLED = still ? 0 : 240;
  // Neither under the buttons nor under the source's name.
  const POPUP = { minWidth: 200, maxWidth: 260, autoPanPaddingTopLeft: [8, 8], autoPanPaddingBottomRight: [64, 40] };
  const TOWNS = 10; // they are named wherever there is room around them, not only below
  const HOME = { paddingTopLeft: [8, 8], paddingBottomRight: [8, 24] };
  const NEAR = 11.5;
  const MID = 9.25; // signs are smaller before it, and stand exactly on their point after NEAR + 1
  const PARTED = 11; // from there each sign stands for itself
  const CLUSTER_RADIUS = { villages: 20, telecentres: 20, solos: 36 };

  const canvas = document.querySelector("[data-map]");
  const words = document.getElementById("map-words")?.dataset;
  const language = document.documentElement.lang;
  const whole = new Intl.NumberFormat(language);
  const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  // ---- The address: ?calques=villages,solos&lieu=09122#10/42.96/1.60 -----------------------------

  function readAddress() {
    const query = new URLSearchParams(location.search);
    const named = query.getAll("calques").join(",").split(",").filter(Boolean);
    const view = /^#(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(location.hash);
    return {
      layers: new Set(named.length ? LAYERS.filter((layer) => named.includes(layer)) : LAYERS),
      place: (query.get("lieu") || "").toUpperCase(),
      view: view && { zoom: Number(view[1]), lat: Number(view[2]), lng: Number(view[3]) },
    };
  }

  function writeAddress({ layers, place, view }) {
    const query = [];
    if (layers.size < LAYERS.length) {
      query.push(`calques=${LAYERS.filter((layer) => layers.has(layer)).join(",") || NO_LAYER}`);
    }
    if (place) query.push(`lieu=${encodeURIComponent(place)}`);
    const hash = view ? `#${Number(view.zoom.toFixed(2))}/${view.lat.toFixed(4)}/${view.lng.toFixed(4)}` : "";
    return `${location.pathname}${query.length ? "?" : ""}${query.join("&")}${hash}`;
  }

  // ---- Pieces of page: what is read from data only ever enters as text ---------------------------

  function element(name, className, text = "") {
    const node = document.createElement(name);
    node.className = className;
    node.textContent = text;
    return node;
  }

  function stamp(id) {
    return document.getElementById(id).content.cloneNode(true).firstElementChild;
  }

  function sign(kind) {
    const svg = stamp("map-sign");
    svg.firstElementChild.setAttribute("href", `#sign-${kind}`);
    return svg;
  }

  function fill(id, data) {
    const node = stamp(id);
    for (const field of node.querySelectorAll("[data-field]")) {
      const { field: name, href, lang } = field.dataset;
      field.textContent = data[name];
      if (href) field.href = data[href];
      if (lang && data[lang] !== language) field.lang = data[lang];
      if (!data[name]) (field.closest("[data-optional]") || field).remove();
    }
    for (const list of node.querySelectorAll("[data-list]")) {
      const rows = data[list.dataset.list].map((row) => fill(list.dataset.row, row));
      list.append(...rows);
      if (!rows.length) list.remove();
    }
    if (data.kind) node.querySelector("[data-sign]")?.replaceWith(sign(data.kind));
    return node;
  }

  // ---- Signs of villages, work places and solos --------------------------------------------------

  function face(kind, count, spoken) {
    const node = element("span", "map-face");
    node.append(sign(kind));
    if (count > 1) node.append(element("span", "map-number", whole.format(count)));
    node.append(element("span", "visually-hidden", spoken));
    return node;
  }

  // The size and the place of a sign around its point are the stylesheet's.
  function icon(node, classes) {
    return L.divIcon({ className: `map-marker ${classes}`, html: node, iconSize: null, popupAnchor: [0, -26] });
  }

  // Signs of one commune stand side by side, so that none hides another: by how many widths.
  function sideBySide(features) {
    const communes = new Map();
    const shifts = new Map();
    for (const { id, properties: { insee } } of features) communes.set(insee, [...(communes.get(insee) || []), id]);
    for (const ids of communes.values()) ids.forEach((id, rank) => shifts.set(id, rank - (ids.length - 1) / 2));
    return shifts;
  }

  function clusterIcon(cluster) {
    const entries = cluster.getAllChildMarkers().map((marker) => marker.options.entry);
    const { kind, layer } = entries[0];
    const count = entries.reduce((sum, entry) => sum + (entry.people.length || 1), 0);
    const label = words[`layer${layer[0].toUpperCase()}${layer.slice(1)}`];
    return icon(face(kind, count, `${label}, ${whole.format(count)}, ${words.enlarge}`), `kind-${kind} is-group`);
  }

  function clusterGroup(layer) {
    return L.markerClusterGroup({
      maxClusterRadius: CLUSTER_RADIUS[layer], disableClusteringAtZoom: PARTED, spiderfyOnMaxZoom: false,
      showCoverageOnHover: false, animate: !still, iconCreateFunction: clusterIcon,
    });
  }

  function makeMarker({ id, properties: entry, geometry }, shift) {
    const spoken = [...new Set([entry.name, entry.what, entry.commune])].join(", ");
    const node = face(entry.kind, entry.people.length, spoken);
    node.dataset.key = id;
    const marker = L.marker(L.GeoJSON.coordsToLatLng(geometry.coordinates), {
      icon: icon(node, `kind-${entry.kind}${entry.kind === "open" && !entry.note ? " is-exact" : ""}`), entry, riseOnHover: true,
    });
    marker.on("add", () => marker.getElement().style.setProperty("--shift", shift));
    const shown = { ...entry, commune: entry.commune === entry.name ? "" : entry.commune };
    return marker.bindPopup(() => fill("popup-entry", shown), POPUP);
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

  // ---- The map -----------------------------------------------------------------------------------

  class TerritoryMap {
    constructor(contours, points) {
      const [west, south, east, north] = canvas.dataset.bounds.split(",").map(Number);
      this.bounds = L.latLngBounds([south, west], [north, east]);
      this.limits = canvas.dataset.limits.split(",").filter(Boolean).map(Number);
      this.entries = points.features.map((feature) => feature.properties);
      this.state = readAddress();
      this.map = this.makeMap();
      this.drawCommunes(contours);
      this.drawSigns(points.features.filter((feature) => feature.geometry));
      this.names = L.layerGroup().addTo(this.map);
      this.restore();
      this.map.on("moveend", () => this.afterMove());
      new ResizeObserver(() => this.map.invalidateSize({ pan: false })).observe(this.live);
    }

    makeMap() {
      const { tiles, tilesCredit } = canvas.dataset;
      this.live = element("div", "map-live");
      canvas.append(this.live);
      const map = L.map(this.live, {
        zoomControl: false, attributionControl: false, zoomSnap: 0, wheelPxPerZoomLevel: 90,
        maxBounds: this.bounds.pad(0.7), maxZoom: tiles ? 18 : 14,
        zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
      });
      this.live.setAttribute("role", "region");
      this.live.setAttribute("aria-label", words.map);
      map.createPane("names").setAttribute("aria-hidden", "true");
      L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
      this.addHomeButton(map);
      const credit = L.control.attribution({ prefix: false, position: "bottomleft" }).addTo(map);
      credit.addAttribution(document.querySelector(".map-source").textContent.trim());
      if (tiles) L.tileLayer(tiles, { attribution: tilesCredit }).addTo(map);
      canvas.classList.toggle("has-tiles", Boolean(tiles));
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

    drawCommunes(contours) {
      this.communes = new Map();
      const shade = (density) => (density === null ? 0 : 1 + this.limits.filter((limit) => density >= limit).length);
      L.geoJSON(contours, {
        renderer: L.svg({ padding: 0.4 }),
        smoothFactor: 0, // each outline thinned apart would open gaps between neighbours
        style: ({ properties }) => ({ className: `commune d${shade(properties.density)}` }),
        onEachFeature: (feature, shape) => {
          this.communes.set(feature.id, shape);
          shape.bindTooltip(feature.properties.name, { sticky: true, className: "map-tooltip", opacity: 1 });
          shape.on("click", () => this.choosePlace(feature.id, { move: false }));
          // Its tooltip listens to the focus, which makes a Tab stop of each of 300 outlines.
          shape.on("add", () => shape.getElement().setAttribute("tabindex", "-1"));
        },
      }).addTo(this.map);
      this.byPopulation = contours.features
        .filter(({ properties }) => properties.centre)
        .map(({ properties: { name, population, centre } }) => ({ name, population, at: L.GeoJSON.coordsToLatLng(centre.coordinates) }))
        .sort((one, other) => other.population - one.population);
    }

    drawSigns(features) {
      const shifts = sideBySide(features);
      this.groups = new Map(Object.keys(CLUSTER_RADIUS).map((layer) => [layer, clusterGroup(layer)]));
      this.markers = new Map();
      for (const feature of features) {
        const marker = makeMarker(feature, shifts.get(feature.id));
        this.markers.set(feature.id, marker);
        this.groups.get(feature.properties.layer).addLayer(marker);
      }
      for (const group of this.groups.values()) group.on("animationend", () => this.arrangeSoon());
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

    // ---- What is shown, and the address that says it

    restore() {
      const said = readAddress();
      Object.assign(this.state, said);
      this.restoring = true;
      this.map.closePopup();
      this.showLayers();
      if (said.view) this.map.setView(said.view, said.view.zoom, { animate: false });
      else this.map.fitBounds(this.bounds, { ...HOME, animate: false });
      this.choosePlace(said.place, { move: !said.view, animate: false });
      this.arrange();
      this.restoring = false;
    }

    remember(how) {
      const next = writeAddress(this.state);
      if (!this.restoring && next !== location.pathname + location.search + location.hash) history[how](null, "", next);
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

    afterMove() {
      this.arrangeSoon();
      if (this.restoring) return;
      this.state.view = { zoom: this.map.getZoom(), ...this.map.getCenter() };
      this.remember("replaceState");
    }

    goHome() {
      this.map.closePopup();
      this.state.place = "";
      this.markPlace();
      this.map.fitBounds(this.bounds, { ...HOME, animate: !still });
    }

    switchLayer(layer, isOn) {
      this.state.layers[isOn ? "add" : "delete"](layer);
      this.showLayers();
      this.remember("pushState");
    }

    showLayers() {
      const { layers } = this.state;
      for (const [layer, group] of this.groups) this.map[layers.has(layer) ? "addLayer" : "removeLayer"](group);
      canvas.classList.toggle("is-unshaded", !layers.has("communes"));
      for (const box of document.querySelectorAll("input[name=calques]")) box.checked = layers.has(box.value);
      for (const section of document.querySelectorAll("[data-layer]")) section.hidden = !layers.has(section.dataset.layer);
      this.arrangeSoon();
    }

    choosePlace(code, { move = true, animate = !still } = {}) {
      const shape = this.communes.get(code);
      this.state.place = shape ? code : "";
      this.markPlace();
      if (!shape) return;
      this.remember("pushState");
      const { centre } = shape.feature.properties;
      const at = centre ? L.GeoJSON.coordsToLatLng(centre.coordinates) : shape.getBounds().getCenter();
      if (move) this.map.fitBounds(shape.getBounds(), { padding: [48, 48], maxZoom: NEAR, animate });
      L.popup({ ...POPUP, offset: [0, -22] }).setLatLng(at).setContent(this.communePopup(code)).openOn(this.map);
    }

    markPlace() {
      for (const [code, shape] of this.communes) shape.getElement().classList.toggle("is-chosen", code === this.state.place);
      this.communes.get(this.state.place)?.bringToFront();
    }

    communePopup(code) {
      const { name, population, density } = this.communes.get(code).feature.properties;
      const here = this.entries.filter((entry) => entry.insee === code);
      return fill("popup-commune", {
        name,
        url: canvas.dataset.commune.replace("00000", code),
        population: population === null ? "" : whole.format(population),
        density: density === null ? "" : oneDecimal.format(density),
        here: here.map((entry) => ({ ...entry, label: entry.layer === "telecentres" ? entry.name : entry.what })),
      });
    }

    // ---- From the list to the map and back

    showEntry(key) {
      const marker = this.markers.get(key);
      const { layer, insee } = marker.options.entry;
      this.state.layers.add(layer);
      this.state.place = insee;
      this.showLayers();
      this.markPlace();
      this.remember("pushState");
      canvas.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
      this.map.setView(marker.getLatLng(), Math.max(this.map.getZoom(), NEAR), { animate: false });
      this.groups.get(layer).zoomToShowLayer(marker, () => {
        marker.openPopup();
        this.live.querySelector(".leaflet-popup-content a")?.focus({ preventScroll: true });
      });
    }

    lightSign(key, isLit) {
      const marker = this.markers.get(key);
      const group = marker && this.groups.get(marker.options.entry.layer);
      if (!group || !this.map.hasLayer(group)) return;
      group.getVisibleParent(marker)?.getElement()?.classList.toggle("is-lit", isLit);
    }

    lightCommune(code, isLit) {
      const shape = this.communes.get(code);
      shape?.getElement().classList.toggle("is-lit", isLit);
      if (isLit) shape?.bringToFront();
    }
  }

  function lightLine(node, isLit) {
    const key = node.querySelector("[data-key]")?.dataset.key;
    if (key) document.querySelector(`.map-entry[data-key="${CSS.escape(key)}"]`)?.classList.toggle("is-lit", isLit);
  }

  function answerEachOther(map) {
    const pairs = [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]];
    for (const [event, isLit] of pairs) {
      document.getElementById("liste").addEventListener(event, ({ target }) => {
        const line = target.closest("[data-insee]");
        if (!line) return;
        map.lightCommune(line.dataset.insee, isLit);
        if (line.dataset.key) map.lightSign(line.dataset.key, isLit);
      });
      map.live.addEventListener(event, ({ target }) => {
        const marker = target.closest(".map-marker");
        if (marker) lightLine(marker, isLit);
      });
    }
    document.getElementById("liste").addEventListener("click", (event) => {
      const line = event.target.closest("[data-locate]")?.closest("[data-key]");
      if (!line || !map.markers.has(line.dataset.key)) return;
      event.preventDefault();
      map.showEntry(line.dataset.key);
    });
  }

  // Whoever opened a popup with the keyboard goes on inside it, and comes back when it closes.
  function followPopups({ map, live }) {
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

  // ---- The search field: a combobox whose list the server proposes -------------------------------

  class PlaceSearch {
    constructor(form, choose) {
      this.input = form.elements.q;
      this.choose = choose;
      this.places = [];
      this.active = -1;
      this.list = element("ul", "map-suggestions");
      this.list.id = "carte-suggestions";
      this.list.hidden = true;
      this.status = element("p", "visually-hidden");
      this.status.setAttribute("role", "status");
      form.append(this.list, this.status);
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
      for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", words.suggestions);
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      form.addEventListener("submit", (event) => this.submit(event));
    }

    later() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.propose().catch(() => this.close()), 160);
    }

    async propose() {
      this.asking?.abort();
      this.asking = new AbortController();
      const text = this.input.value.trim();
      const answer = text.length < 2 ? { places: [] } : await getJSON(`${canvas.dataset.places}?q=${encodeURIComponent(text)}`, this.asking.signal);
      this.places = answer.places;
      this.list.replaceChildren(...this.places.map((place, rank) => this.option(place, rank)));
      this.status.textContent = text.length < 2 ? "" : this.places.length ? words.some : words.none;
      this.activate(-1);
      this.open(this.places.length > 0 && document.activeElement === this.input);
    }

    option(place, rank) {
      const node = element("li", "", place.name);
      node.id = `carte-suggestion-${rank}`;
      node.setAttribute("role", "option");
      if (place.note) node.append(" ", element("span", "note", place.note));
      node.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      node.addEventListener("click", () => this.take(place));
      return node;
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.places.length) {
        event.preventDefault();
        this.open(true);
        this.activate((this.active + step + this.places.length) % this.places.length);
      } else if (event.key === "Escape") this.close();
    }

    activate(rank) {
      this.active = rank;
      [...this.list.children].forEach((node, other) => node.setAttribute("aria-selected", String(other === rank)));
      if (rank < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", this.list.children[rank].id);
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      this.open(false);
      this.activate(-1);
    }

    // The first proposal is what was meant; when there is none, the server's page explains.
    async submit(event) {
      event.preventDefault();
      clearTimeout(this.waiting);
      try {
        if (this.active < 0) await this.propose();
      } catch {
        this.places = [];
      }
      const place = this.places[Math.max(this.active, 0)];
      if (place) this.take(place);
      else event.target.submit();
    }

    take(place) {
      this.input.value = place.name;
      this.close();
      this.choose(place.insee);
    }
  }

  // ---- Start -------------------------------------------------------------------------------------

  async function getJSON(url, signal) {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
  }

  function begin(contours, points) {
    const map = new TerritoryMap(contours, points);
    canvas.classList.add("is-live");
    for (const box of document.querySelectorAll("input[name=calques]")) {
      box.addEventListener("change", () => map.switchLayer(box.value, box.checked));
    }
    for (const node of document.querySelectorAll("[data-without-script]")) node.hidden = true;
    answerEachOther(map);
    followPopups(map);
    new PlaceSearch(document.getElementById("map-form"), (code) => {
      map.choosePlace(code);
      map.live.querySelector(".leaflet-popup-content a")?.focus({ preventScroll: true });
    });
    addEventListener("popstate", () => {
      if (!location.hash || readAddress().view) map.restore(); // other hashes are links inside the page
    });
  }

  if (canvas && window.L) {
    const { contours, points } = canvas.dataset;
    Promise.all([getJSON(contours), getJSON(points)])
      .then(([communes, signs]) => begin(communes, signs))
      .catch((error) => {
        console.warn(error);
        canvas.append(element("p", "map-failed", words.failed));
      });
  }
}
